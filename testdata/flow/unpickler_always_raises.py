# find_class raises always: only plain values can be read.
import io
import pickle

import requests


class DataUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"global {module}.{name} is forbidden")


def restore(url):
    return DataUnpickler(io.BytesIO(requests.get(url, timeout=10).content)).load()  # ok: no globals at all
