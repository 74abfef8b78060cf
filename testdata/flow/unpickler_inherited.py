# The override is in a base class of our own.
import io
import pickle

import requests


class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


class Named(Strict):
    def __init__(self, stream, label):
        super().__init__(stream)
        self.label = label


class Loose(Strict):
    def find_class(self, module, name):
        return pickle.Unpickler.find_class(self, module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    first = Named(io.BytesIO(body), "a").load()  # ok: inherits the refusal
    second = Loose(io.BytesIO(body)).load()  # want error PKL101 from net
    return first, second
