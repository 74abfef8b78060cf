# The override imports whatever the pickle names.
import importlib
import io
import pickle

import requests


class ImportingUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return getattr(importlib.import_module(module), name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return ImportingUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
