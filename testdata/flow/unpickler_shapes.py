# Other ways to write an allow-list in find_class, and what only looks like one.
import io
import pickle
import re

import requests

MODULES = ("numpy", "collections")


class Prefix(pickle.Unpickler):
    def find_class(self, module, name):
        if module.startswith("numpy."):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Pattern(pickle.Unpickler):
    def find_class(self, module, name):
        if not re.fullmatch(r"acme\.types\.\w+", module):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Pair(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Loop(pickle.Unpickler):
    def find_class(self, module, name):
        for allowed in MODULES:
            if module == allowed:
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Any(pickle.Unpickler):
    def find_class(self, module, name):
        if any(module.startswith(allowed) for allowed in MODULES):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def _check(module):
    if module not in MODULES:
        raise pickle.UnpicklingError(module)


class Helper(pickle.Unpickler):
    def find_class(self, module, name):
        _check(module)
        return super().find_class(module, name)


class HelperLogs(pickle.Unpickler):
    def find_class(self, module, name):
        self._note(module)
        return super().find_class(module, name)

    def _note(self, module):
        if module not in MODULES:
            print("unusual", module)


class Renamed(pickle.Unpickler):
    def find_class(self, module, name):
        if module.startswith("acme.old."):
            module = module.replace("acme.old.", "acme.", 1)
        return super().find_class(module, name)


class Warned(pickle.Unpickler):
    def find_class(self, module, name):
        if any(module.startswith(allowed) for allowed in MODULES):
            return super().find_class(module, name)
        print("unusual", module)
        return super().find_class(module, name)


class Denied(pickle.Unpickler):
    def find_class(self, module, name):
        if module.startswith("os") or module == "subprocess":
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return [
        Prefix(io.BytesIO(body)).load(),  # ok: one package
        Pattern(io.BytesIO(body)).load(),  # ok: one module
        Pair(io.BytesIO(body)).load(),  # ok: one class
        Loop(io.BytesIO(body)).load(),  # ok: listed
        Any(io.BytesIO(body)).load(),  # ok: listed
        Helper(io.BytesIO(body)).load(),  # ok: the helper raises
        HelperLogs(io.BytesIO(body)).load(),  # want error PKL101 from net
        Renamed(io.BytesIO(body)).load(),  # want error PKL101 from net
        Warned(io.BytesIO(body)).load(),  # want error PKL101 from net
        Denied(io.BytesIO(body)).load(),  # want error PKL101 from net
    ]
