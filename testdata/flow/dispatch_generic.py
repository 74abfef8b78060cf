# A generic function: the type of the first argument decides which implementation runs.
import json
import pickle
from functools import singledispatch

import requests


class Packed:
    def __init__(self, body):
        self.body = body


class Plain:
    def __init__(self, body):
        self.body = body


@singledispatch
def revive(value):
    raise TypeError(type(value))


@revive.register
def _(value: bytes):
    return pickle.loads(value)  # want error PKL101 from raw  # want error PKL101 from encoded


@revive.register
def _(value: str):
    return revive(json.loads(value))


@revive.register(int)
def _(value):
    return value


@revive.register
def _(value: Packed):
    return pickle.loads(value.body)  # want error PKL101 from packed


@revive.register
def _(value: Plain):
    return json.loads(value.body)


def as_bytes(url):
    return revive(requests.get(url).content)  # source raw


def as_text(url):
    return revive(requests.get(url).content.decode("utf-8"))  # ok: the implementation for str


def as_bytes_again(url):
    text = requests.get(url).content.decode("latin-1")  # source encoded
    return revive(text.encode("latin-1"))


def as_packed(url):
    return revive(Packed(requests.get(url).content))  # source packed


def as_plain(url):
    return revive(Plain(requests.get(url).content))  # ok: the implementation for Plain
