# Functions that are found by a name that is put together, a table of dotted names, or the type of an argument.
import pickle
import json
import enum
import importlib
import functools
import requests


class L2(enum.Enum):
    P = "p"
    J = "j"

    def codec(self):
        return {L2.P: pickle.loads, L2.J: json.loads}[self]


def eb(u, n):
    return L2(n).codec()(requests.get(u).content)  # want PKL101


class F:
    def from_p(self, raw):
        return pickle.loads(raw)  # want PKL101

    def from_j(self, raw):
        return json.loads(raw)

    def go(self, k, u):
        return getattr(self, "from_%s" % k)(requests.get(u).content)


class F2:
    def read_p(self, raw):
        return pickle.loads(raw)  # want PKL101

    def load_p(self, raw):
        return json.loads(raw)

    def go(self, k, u):
        return getattr(self, f"read_{k}")(requests.get(u).content)


def as_p(raw):
    return pickle.loads(raw)  # want PKL101


def gl(k, u):
    return globals()["as_" + k](requests.get(u).content)


T = {"p": "pickle.loads", "j": "json.loads"}


def dotted(k, u):
    mod, _, name = T[k].rpartition(".")
    return getattr(importlib.import_module(mod), name)(requests.get(u).content)  # want PKL101


T2 = {"p": ("pickle", "loads")}


def dotted2(k, u):
    mod, name = T2[k]
    return getattr(importlib.import_module(mod), name)(requests.get(u).content)  # want PKL101


@functools.singledispatch
def rev(x):
    raise TypeError


@rev.register
def _(x: bytes):
    return pickle.loads(x)  # want PKL101


@rev.register(str)
def _(x):
    return json.loads(x)


def sd(u):
    return rev(requests.get(u).content)


class V:
    @functools.singledispatchmethod
    def rev(self, x):
        raise TypeError

    @rev.register
    def _(self, x: bytes):
        return pickle.loads(x)  # want PKL101

    def go(self, u):
        return self.rev(requests.get(u).content)
