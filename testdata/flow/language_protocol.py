# What the language calls by itself: descriptors, setters, proxies, operators, factories, copies, callbacks that assign.
import contextlib
import ftplib
import functools
import json
import pickle
from collections import defaultdict
from dataclasses import dataclass, replace

import requests
from flask import Flask, request

app = Flask(__name__)


class Lazy:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __set__(self, obj, raw):
        setattr(obj, self.slot, raw)

    def __get__(self, obj, owner=None):
        return self if obj is None else pickle.loads(getattr(obj, self.slot))  # want error PKL101


class Parsed:
    def __set__(self, obj, raw):
        obj._parsed = raw

    def __get__(self, obj, owner=None):
        return json.loads(obj._parsed)


class Scene:
    graph = Lazy()
    meta = Parsed()

    @property
    def layers(self):
        return pickle.loads(self._layers)  # want error PKL101

    @layers.setter
    def layers(self, raw):
        self._layers = raw

    @property
    def title(self):
        return json.loads(self._title)

    @title.setter
    def title(self, raw):
        self._title = raw


@app.post("/scene")
def scene():
    s = Scene()
    s.graph = request.data
    s.meta = request.data
    s.layers = request.data
    s.title = request.data
    return str([s.graph, s.meta, s.layers, s.title])


class Importer:
    def _take(self, kind, raw):
        if kind == "native":
            return pickle.loads(raw)  # want error PKL101
        return json.loads(raw)

    take_any = functools.partialmethod(_take, "native")


@app.post("/take")
def take():
    return str(Importer().take_any(request.data))


class Safe:
    def _take(self, kind, raw):
        if kind == "native":
            return pickle.loads(raw)  # ok: nobody asks for that
        return json.loads(raw)

    take_json = functools.partialmethod(_take, "json")


@app.post("/safe")
def safe():
    return str(Safe().take_json(request.data))


class Vault:
    def unseal(self, body):
        return pickle.loads(body)  # want error PKL101


class Counting:
    def __init__(self, inner):
        self._inner = inner
        self.calls = 0

    def __getattr__(self, name):
        self.calls += 1
        return getattr(self._inner, name)


vault = Counting(Vault())


@app.post("/vault")
def unseal():
    return str(vault.unseal(request.data))


class Fields:
    def __init__(self, data):
        self._data = data

    def __getattr__(self, name):
        return self._data[name]


@app.post("/fields")
def fields():
    return str(pickle.loads(Fields(request.form).blob.encode()))  # want error PKL101


class Memo(dict):
    def __missing__(self, text):
        self[text] = pickle.loads(bytes.fromhex(text))  # want error PKL101
        return self[text]


class Codec:
    def __getitem__(self, text):
        return pickle.loads(bytes.fromhex(text))  # want error PKL101

    def __rshift__(self, raw):
        return pickle.loads(raw)  # want error PKL101

    def __contains__(self, raw):
        return bool(pickle.loads(raw))  # want error PKL101

    def __sub__(self, raw):
        return json.loads(raw)


MEMO, CODEC = Memo(), Codec()
codec = Codec()
memo = Memo()


@app.post("/operators")
def operators():
    raw = request.data
    return str([memo[request.form["key"]], codec[request.form["key"]], codec >> raw, raw in codec, codec - raw])


class Download:
    def __init__(self, url):
        self.url = url

    def __enter__(self):
        return requests.get(self.url).content

    def __exit__(self, *exc):
        return None


def stacked(url):
    with contextlib.ExitStack() as stack:
        raw = stack.enter_context(Download(url))
        return pickle.loads(raw)  # want error PKL101


def fetch():
    return requests.get("https://models.example/default").content


def factory(key):
    made = defaultdict(fetch)
    empty = defaultdict(bytes)
    return pickle.loads(made[key]), pickle.loads(empty[key])  # want error PKL101


@dataclass(frozen=True)
class Plan:
    raw: bytes = b""
    own: bytes = b"N."

    def given(self, raw):
        return replace(self, raw=raw)

    def build(self):
        return pickle.loads(self.raw)  # want error PKL101

    def built(self):
        return pickle.loads(self.own)  # ok: the program's own


def plan(url):
    made = Plan().given(requests.get(url).content)
    return made.build(), made.built()


def index(host):
    raw = b""

    def keep(block):
        nonlocal raw
        raw += block

    with ftplib.FTP(host) as ftp:
        ftp.retrbinary("RETR index.bin", keep)
    return pickle.loads(raw)  # want error PKL101
