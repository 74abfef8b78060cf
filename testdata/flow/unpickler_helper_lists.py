# An allow-list that a helper of the unpickler asks, or that stands on the object: what stands on the list decides.
import io
import pickle

import requests

PAIRS = frozenset({("collections", "OrderedDict"), ("datetime", "date")})
LOOSE = frozenset({("collections", "OrderedDict"), ("builtins", "getattr")})
NAMES = {"collections.OrderedDict", "datetime.date"}


class Asked(pickle.Unpickler):
    def _require(self, module, name):
        if (module, name) not in PAIRS:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self._require(module, name)
        return super().find_class(module, name)


class AskedLoose(pickle.Unpickler):
    def _require(self, module, name):
        if (module, name) not in LOOSE:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self._require(module, name)
        return super().find_class(module, name)


class AskedOther(pickle.Unpickler):
    def _require(self, module, name):
        if (self, name) not in PAIRS:
            print("odd", module)

    def find_class(self, module, name):
        self._require(module, name)
        return super().find_class(module, name)


class Told(pickle.Unpickler):
    @staticmethod
    def _known(module, name):
        return (module, name) in PAIRS

    def find_class(self, module, name):
        if not self._known(module, name):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class ToldLoose(pickle.Unpickler):
    @staticmethod
    def _known(module, name):
        return (module, name) in LOOSE

    def find_class(self, module, name):
        if not self._known(module, name):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Own(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.allowed = (("collections", "OrderedDict"), ("builtins", "frozenset"))

    def _check(self, module, name):
        if (module, name) not in self.allowed:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self._check(module, name)
        return super().find_class(module, name)


class OwnLoose(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.allowed = (("collections", "OrderedDict"), ("builtins", "eval"))

    def _check(self, module, name):
        if (module, name) not in self.allowed:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self._check(module, name)
        return super().find_class(module, name)


class Dotted(pickle.Unpickler):
    def _check(self, module, name):
        if f"{module}.{name}" not in NAMES:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self._check(module, name)
        return super().find_class(module, name)


class Prefixes(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ("fleet.messages.",)

    def find_class(self, module, name):
        full = f"{module}.{name}"
        if not any(full.startswith(p) for p in self.prefixes):
            raise pickle.UnpicklingError(full)
        return super().find_class(module, name)


class PrefixesLoose(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ("fleet.messages.", "builtins.")

    def find_class(self, module, name):
        full = f"{module}.{name}"
        if not any(full.startswith(p) for p in self.prefixes):
            raise pickle.UnpicklingError(full)
        return super().find_class(module, name)


class PrefixTuple(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ("fleet.messages",)

    def find_class(self, module, name):
        if not module.startswith(self.prefixes):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class PrefixTupleLoose(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ("fleet.messages", "os")

    def find_class(self, module, name):
        if not module.startswith(self.prefixes):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class PrefixLoop(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ["fleet.messages."]

    def find_class(self, module, name):
        for p in self.prefixes:
            if f"{module}.{name}".startswith(p):
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class PrefixLoopLoose(pickle.Unpickler):
    def __init__(self, stream):
        super().__init__(stream)
        self.prefixes = ["fleet.messages.", "subprocess."]

    def find_class(self, module, name):
        for p in self.prefixes:
            if f"{module}.{name}".startswith(p):
                return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class OnClass(pickle.Unpickler):
    PREFIXES = ("fleet.messages.", "collections.")

    def find_class(self, module, name):
        if not any(f"{module}.{name}".startswith(p) for p in type(self).PREFIXES):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class OnClassLoose(pickle.Unpickler):
    PREFIXES = ("fleet.messages.", "builtins.")

    def find_class(self, module, name):
        if not any(f"{module}.{name}".startswith(p) for p in type(self).PREFIXES):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class Handed(pickle.Unpickler):
    def __init__(self, stream, packages):
        super().__init__(stream)
        self.packages = packages

    def find_class(self, module, name):
        if module.split(".")[0] not in self.packages:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return [
        Asked(io.BytesIO(body)).load(),  # ok: pairs of values
        AskedLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        AskedOther(io.BytesIO(body)).load(),  # want error PKL101 from net
        Told(io.BytesIO(body)).load(),  # ok: the answer decides
        ToldLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        Own(io.BytesIO(body)).load(),  # ok: pairs of the object
        OwnLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        Dotted(io.BytesIO(body)).load(),  # ok: dotted names
        Prefixes(io.BytesIO(body)).load(),  # ok: one package
        PrefixesLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        PrefixTuple(io.BytesIO(body)).load(),  # ok: one package
        PrefixTupleLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        PrefixLoop(io.BytesIO(body)).load(),  # ok: one package
        PrefixLoopLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        OnClass(io.BytesIO(body)).load(),  # ok: two packages
        OnClassLoose(io.BytesIO(body)).load(),  # want error PKL101 from net
        Handed(io.BytesIO(body), {"fleet"}).load(),  # ok: a package
    ]
