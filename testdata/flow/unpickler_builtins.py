# The example of the Python documentation: safe builtins only.
import builtins
import io
import pickle

import requests

SAFE_BUILTINS = {"range", "complex", "set", "frozenset", "slice"}


class RestrictedUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins" and name in SAFE_BUILTINS:
            return getattr(builtins, name)
        raise pickle.UnpicklingError("global '%s.%s' is forbidden" % (module, name))


def restricted_loads(data):
    return RestrictedUnpickler(io.BytesIO(data)).load()  # ok: five builtins


def restore(url):
    return restricted_loads(requests.get(url, timeout=10).content)
