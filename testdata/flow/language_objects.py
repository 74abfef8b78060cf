# Ways of the language by which a value comes to a call: descriptors, proxies, generators that are sent to, tasks.
import asyncio
import contextlib
import dataclasses
import functools
import pickle
import typing

import httpx
import requests


class Field:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, owner):
        return getattr(obj, "_body")
    def __set__(self, obj, value):
        obj._body = value


class D1:
    body = Field()
    def fill(self, u):
        self.body = requests.get(u).content
    def use(self):
        return pickle.loads(self.body)  # want PKL101


class Lazy:
    def __init__(self, fn):
        self.fn = fn
    def __get__(self, obj, owner):
        return self.fn(obj)


class D2:
    @Lazy
    def blob(self):
        return requests.get("u").content
    def use(self):
        return pickle.loads(self.blob)  # want PKL101


class PM:
    def _load(self, kind, raw):
        return pickle.loads(raw)  # want PKL101
    load_x = functools.partialmethod(_load, "x")

def pm(u):
    PM().load_x(requests.get(u).content)


def traced(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        return fn(*a, **k)
    return inner

@traced
def dec(raw):
    return pickle.loads(raw)  # want PKL101

def wr(u):
    return dec.__wrapped__(requests.get(u).content)


class Inner:
    def revive(self, raw):
        return pickle.loads(raw)  # want PKL101

class Proxy:
    def __init__(self, target):
        self._target = target
    def __getattr__(self, name):
        return getattr(self._target, name)

def px(u):
    return Proxy(Inner()).revive(requests.get(u).content)


class Miss(dict):
    def __missing__(self, key):
        self[key] = v = requests.get(key).content
        return v

def miss(k):
    m = Miss()
    return pickle.loads(m[k])  # want PKL101


class Conn:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *a):
        pass
    async def pull(self): 
        async with httpx.AsyncClient() as c:
            return (await c.get("u")).content

async def aes():
    async with contextlib.AsyncExitStack() as stack:
        c = await stack.enter_async_context(Conn())
        return pickle.loads(await c.pull())  # want PKL101


def collector():
    while True:
        raw = yield
        pickle.loads(raw)  # want PKL101

def feed(u):
    g = collector()
    next(g)
    g.send(requests.get(u).content)


class Builder:
    def __init__(self):
        self._raw = None
    def with_url(self, u):
        self._raw = requests.get(u).content
        return self
    def strict(self):
        return self
    def build(self):
        return pickle.loads(self._raw)  # want PKL101

def fb(u):
    return Builder().with_url(u).strict().build()


def nl(u):
    got = b""
    def on(resp):
        nonlocal got
        got = resp.content
    on(requests.get(u))
    return pickle.loads(got)  # want PKL101


@dataclasses.dataclass
class Post:
    raw: bytes
    def __post_init__(self):
        self.value = pickle.loads(self.raw)  # want PKL101

def pi(u):
    return Post(requests.get(u).content)


def pull():
    return requests.get("u").content

@dataclasses.dataclass
class Fac:
    raw: bytes = dataclasses.field(default_factory=pull)

def fa():
    return pickle.loads(Fac().raw)  # want PKL101


def ca(u):
    return pickle.loads(typing.cast(bytes, requests.get(u).content))  # want PKL101


async def one(u):
    async with httpx.AsyncClient() as c:
        return (await c.get(u)).content

async def ga(us):
    a, b = await asyncio.gather(one(us), asyncio.sleep(1))
    return pickle.loads(a)  # want PKL101

async def ga2(us):
    for r in await asyncio.gather(*[one(u) for u in us]):
        pickle.loads(r)  # want PKL101

async def ga3(us):
    a, b = await asyncio.gather(one(us), asyncio.sleep(1, b"x"))
    return pickle.loads(b)  # want note PKL101

async def tg(u):
    async with asyncio.TaskGroup() as g:
        t = g.create_task(one(u))
    return pickle.loads(t.result())  # want PKL101

async def cor(u):
    return pickle.loads(await asyncio.wait_for(one(u), 3))  # want PKL101


def own_parts():
    collect = keeper()
    next(collect)
    collect.send(pickle.dumps([1]))


def keeper():
    while True:
        part = yield
        pickle.loads(part)  # want note PKL101


@dataclasses.dataclass
class Safe:
    raw: bytes
    note: bytes = dataclasses.field(default_factory=bytes)

    def __post_init__(self):
        self.value = pickle.loads(self.note)  # want note PKL101


def safe(url):
    return Safe(requests.get(url).content)
