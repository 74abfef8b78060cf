# The unpickler is kept in a variable, its load bound to a name.
import io
import pickle

import requests


class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


def restore(url):
    body = requests.get(url, timeout=10).content
    unpickler = Strict(io.BytesIO(body))
    unpickler.encoding = "latin-1"
    return unpickler.load()  # ok: no globals
