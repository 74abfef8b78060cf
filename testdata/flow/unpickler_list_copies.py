# Allow-lists that are copies or unions of others, or given to the object: frozenset({...}), DEFAULT | {...}.
import io
import pickle

import requests

DEFAULT = {"collections", "numpy"}
LOOSE = frozenset({("collections", "OrderedDict"), ("builtins", "getattr")})
LIST = {("collections", "OrderedDict"), ("builtins", "getattr")}
TUP = frozenset([("collections", "OrderedDict"), ("builtins", "getattr")])
NAMES = frozenset({"os", "builtins"})


class SetOfPairs(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in LOOSE:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Literal(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in LIST:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class ListOfPairs(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in TUP:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Modules(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in NAMES:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class ByHelper(pickle.Unpickler):
    def req(self, module, name):
        if (module, name) not in LIST:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self.req(module, name)
        return super().find_class(module, name)


class OnClass(pickle.Unpickler):
    ALLOWED = frozenset({("collections", "OrderedDict"), ("builtins", "getattr")})

    def find_class(self, module, name):
        if (module, name) not in self.ALLOWED:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class OnSelf(pickle.Unpickler):
    def __init__(self, f):
        super().__init__(f)
        self.allowed = frozenset({("collections", "OrderedDict"), ("builtins", "getattr")})

    def find_class(self, module, name):
        if (module, name) not in self.allowed:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class OnSelf2(pickle.Unpickler):
    def __init__(self, f):
        super().__init__(f)
        self.allowed = set(["collections", "builtins"])

    def find_class(self, module, name):
        if module in self.allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Union(pickle.Unpickler):
    def __init__(self, f):
        super().__init__(f)
        self.allowed = DEFAULT | {"os"}

    def find_class(self, module, name):
        if module in self.allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class SafeUnion(pickle.Unpickler):
    def __init__(self, f):
        super().__init__(f)
        self.allowed = DEFAULT | {"datetime"}

    def find_class(self, module, name):
        if module in self.allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Handed(pickle.Unpickler):
    def __init__(self, stream, packages):
        super().__init__(stream)
        self.packages = packages

    def find_class(self, module, name):
        if module.split(".")[0] not in self.packages:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Default(pickle.Unpickler):
    def __init__(self, stream, packages=("collections", "builtins")):
        super().__init__(stream)
        self.packages = frozenset(packages)

    def find_class(self, module, name):
        if module.split(".")[0] not in self.packages:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return [
        SetOfPairs(io.BytesIO(body)).load(),  # want error PKL101 from net
        Literal(io.BytesIO(body)).load(),  # want error PKL101 from net
        ListOfPairs(io.BytesIO(body)).load(),  # want error PKL101 from net
        Modules(io.BytesIO(body)).load(),  # want error PKL101 from net
        ByHelper(io.BytesIO(body)).load(),  # want error PKL101 from net
        OnClass(io.BytesIO(body)).load(),  # want error PKL101 from net
        OnSelf(io.BytesIO(body)).load(),  # want error PKL101 from net
        OnSelf2(io.BytesIO(body)).load(),  # want error PKL101 from net
        Union(io.BytesIO(body)).load(),  # want error PKL101 from net
        SafeUnion(io.BytesIO(body)).load(),  # ok: a package
        Handed(io.BytesIO(body), {"os"}).load(),  # want error PKL101 from net
        Default(io.BytesIO(body)).load(),  # missing PKL101: the list is the default of a constructor's parameter
    ]
