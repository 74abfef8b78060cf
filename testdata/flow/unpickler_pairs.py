# An unpickler that compares pairs of module and name with those it lists: what stands on the list decides.
import io
import pickle

from flask import request

PAIRS = (("collections", "OrderedDict"), ("game.steps", "Step"))
LOOSE = (("collections", "OrderedDict"), ("builtins", "eval"))


class Looped(pickle.Unpickler):
    def find_class(self, module, name):
        for pair in PAIRS:
            if (module, name) == pair:
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class LoopedLoose(pickle.Unpickler):
    def find_class(self, module, name):
        for pair in LOOSE:
            if (module, name) == pair:
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Held(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.allowed = (("collections", "OrderedDict"), ("game.steps", "Step"))

    def find_class(self, module, name):
        if any((module, name) == entry for entry in self.allowed):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class HeldLoose(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.allowed = (("collections", "OrderedDict"), ("builtins", "getattr"))

    def find_class(self, module, name):
        if any((module, name) == entry for entry in self.allowed):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class HeldLooseIn(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.allowed = [("collections", "OrderedDict"), ("builtins", "getattr")]

    def find_class(self, module, name):
        if (module, name) in self.allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Filled(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.names = [("collections", "OrderedDict")]

    def allow(self, module, name):
        self.names.append((module, name))

    def find_class(self, module, name):
        if any((module, name) == entry for entry in self.names):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def view():
    Looped(io.BytesIO(request.data)).load()  # ok: harmless pairs
    LoopedLoose(io.BytesIO(request.data)).load()  # want PKL101
    Held(io.BytesIO(request.data)).load()  # ok: harmless pairs
    HeldLoose(io.BytesIO(request.data)).load()  # want PKL101
    HeldLooseIn(io.BytesIO(request.data)).load()  # want PKL101
    Filled(io.BytesIO(request.data)).load()  # want PKL101
