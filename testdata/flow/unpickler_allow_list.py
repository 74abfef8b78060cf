"""Which names and modules are on the allow-list of an unpickler decides what it is worth."""

import io
import pickle

from flask import Flask, request

app = Flask(__name__)


class Modules(pickle.Unpickler):
    def find_class(self, module, name):
        if module in {"os", "subprocess"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class OwnModules(pickle.Unpickler):
    def find_class(self, module, name):
        if module in {"acme.types", "collections"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class WholeBuiltins(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] not in ("builtins", "numpy"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class OwnPackage(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] not in ("acme", "numpy"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class PairWithGetattr(pickle.Unpickler):
    PAIRS = {("collections", "OrderedDict"), ("builtins", "getattr")}

    def find_class(self, module, name):
        if (module, name) in self.PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Pairs(pickle.Unpickler):
    PAIRS = {("collections", "OrderedDict"), ("builtins", "dict")}

    def find_class(self, module, name):
        if (module, name) in self.PAIRS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class NameInBuiltins(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins" and name in {"dict", "set"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class EvalInBuiltins(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins" and name in {"dict", "eval"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class DenyTwo(pickle.Unpickler):
    def find_class(self, module, name):
        if name in ("eval", "exec"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


class PrefixHeld(pickle.Unpickler):
    PREFIXES = ("acme.types.", "acme.nets.")

    def find_class(self, module, name):
        if (module + ".").startswith(self.PREFIXES):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class PrefixHeldHarmful(pickle.Unpickler):
    PREFIXES = ("acme.types.", "builtins.")

    def find_class(self, module, name):
        if (module + ".").startswith(self.PREFIXES):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class AnyPrefix(pickle.Unpickler):
    PREFIXES = ("acme.types", "acme.nets")

    def find_class(self, module, name):
        if any(module.startswith(p) for p in self.PREFIXES):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class AnyHarmful(pickle.Unpickler):
    PREFIXES = ("acme.types", "os")

    def find_class(self, module, name):
        if any(module.startswith(p) for p in self.PREFIXES):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Dotted(pickle.Unpickler):
    def find_class(self, module, name):
        if f"{module}.{name}" in ("collections.OrderedDict", "os.system"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class DottedSafe(pickle.Unpickler):
    def find_class(self, module, name):
        if f"{module}.{name}" in ("collections.OrderedDict", "acme.types.Box"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class ByModule(pickle.Unpickler):
    NAMES = {"builtins": {"dict", "list"}, "acme.types": {"Box"}}

    def find_class(self, module, name):
        if name in self.NAMES.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


class Helper(pickle.Unpickler):
    NAMES = {"Box", "Frame"}

    def refuse(self, name):
        if name not in self.NAMES:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self.refuse(name)
        return super().find_class(module, name)


class HelperHarmful(pickle.Unpickler):
    NAMES = {"Box", "__import__"}

    def refuse(self, name):
        if name not in self.NAMES:
            raise pickle.UnpicklingError(name)

    def find_class(self, module, name):
        self.refuse(name)
        return super().find_class(module, name)


@app.post("/0")
def load_0():
    return str(Modules(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/1")
def load_1():
    return str(OwnModules(io.BytesIO(request.data)).load())  # ok: OwnModules


@app.post("/2")
def load_2():
    return str(WholeBuiltins(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/3")
def load_3():
    return str(OwnPackage(io.BytesIO(request.data)).load())  # ok: OwnPackage


@app.post("/4")
def load_4():
    return str(PairWithGetattr(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/5")
def load_5():
    return str(Pairs(io.BytesIO(request.data)).load())  # ok: Pairs


@app.post("/6")
def load_6():
    return str(NameInBuiltins(io.BytesIO(request.data)).load())  # ok: NameInBuiltins


@app.post("/7")
def load_7():
    return str(EvalInBuiltins(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/8")
def load_8():
    return str(DenyTwo(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/9")
def load_9():
    return str(PrefixHeld(io.BytesIO(request.data)).load())  # ok: PrefixHeld


@app.post("/10")
def load_10():
    return str(PrefixHeldHarmful(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/11")
def load_11():
    return str(AnyPrefix(io.BytesIO(request.data)).load())  # ok: AnyPrefix


@app.post("/12")
def load_12():
    return str(AnyHarmful(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/13")
def load_13():
    return str(Dotted(io.BytesIO(request.data)).load())  # want error PKL101


@app.post("/14")
def load_14():
    return str(DottedSafe(io.BytesIO(request.data)).load())  # ok: DottedSafe


@app.post("/15")
def load_15():
    return str(ByModule(io.BytesIO(request.data)).load())  # ok: ByModule


@app.post("/16")
def load_16():
    return str(Helper(io.BytesIO(request.data)).load())  # ok: Helper


@app.post("/17")
def load_17():
    return str(HelperHarmful(io.BytesIO(request.data)).load())  # want error PKL101
