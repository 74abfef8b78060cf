# find_class gives a harmless stand-in for every name.
import io
import pickle

import requests


class Dummy:
    def __init__(self, *args, **kwargs):
        self.args = args


class StubUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return Dummy


def restore(url):
    return StubUnpickler(io.BytesIO(requests.get(url, timeout=10).content)).load()  # ok: no real class is found
