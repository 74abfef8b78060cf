# find_class looks the name up in a constant set and raises for everything else.
import io
import pickle

import requests

ALLOWED = {("builtins", "dict"), ("collections", "OrderedDict")}


class RestrictedUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


def restore(url):
    body = requests.get(url, timeout=10).content
    return RestrictedUnpickler(io.BytesIO(body)).load()  # ok: an allow-list
