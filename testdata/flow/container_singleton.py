# An object of which there is one, whoever asks for it, hands data from the function that fills it to the one that reads.
import json
import pickle
from functools import lru_cache

from flask import Flask, request

app = Flask(__name__)


class Shared:
    _instance = None

    def __init__(self):
        self._items = {}

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def put(self, kind, value):
        self._items.setdefault(kind, []).append(value)

    def newest(self, kind):
        return self._items[kind][-1]


@app.post("/shared")
def fill_shared():
    Shared.get().put("rule", request.data)  # source shared
    return ""


@app.get("/shared")
def read_shared():
    return pickle.loads(Shared.get().newest("rule"))  # want error PKL101 from shared


class Lazy:
    def __init__(self):
        self._items = {}

    def put(self, kind, value):
        self._items[kind] = value

    def newest(self, kind):
        return self._items[kind]


_lazy = None


def lazy():
    global _lazy
    if _lazy is None:
        _lazy = Lazy()
    return _lazy


@app.post("/lazy")
def fill_lazy():
    lazy().put("rule", request.data)  # source lazy
    return ""


@app.get("/lazy")
def read_lazy():
    return pickle.loads(lazy().newest("rule"))  # want error PKL101 from lazy


class Stack:
    def __init__(self):
        self._items = []

    def put(self, value):
        self._items.append(value)

    def newest(self):
        return self._items.pop()


@lru_cache
def stack():
    return Stack()


@app.post("/stack")
def fill_stack():
    stack().put(request.data)  # source stack
    return ""


@app.get("/stack")
def read_stack():
    return pickle.loads(stack().newest())  # want error PKL101 from stack


class Plain(Stack):
    pass


@lru_cache
def plain():
    return Plain()


@app.post("/plain")
def fill_plain():
    plain().put(request.data)
    return ""


@app.get("/plain")
def read_plain():
    return json.loads(plain().newest())  # ok: JSON
