# An own class stands in for the pickle module of torch.load.
import io
import pickle

import requests
import torch


class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "collections" and name == "OrderedDict":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class SafePickle:
    Unpickler = Strict
    load = staticmethod(lambda stream: Strict(stream).load())


def restore(url):
    body = requests.get(url, timeout=10).content
    return torch.load(io.BytesIO(body), pickle_module=SafePickle)  # ok: restricted
