"""Keyword arguments that are merged with defaults: what comes later wins, and setdefault changes nothing that is there."""

import io

import requests
import torch

DEFAULTS = {"weights_only": True}


def merge(b, **o):
    return torch.load(b, **{**DEFAULTS, **o})  # want error PKL201


def call_1(u):
    return merge(io.BytesIO(requests.get(u).content), weights_only=False)


def sd(b, **o):
    o.setdefault("weights_only", True)
    return torch.load(b, **o)  # want error PKL201


def call_2(u):
    return sd(io.BytesIO(requests.get(u).content), weights_only=False)


def up(b, **o):
    kw = dict(DEFAULTS)
    kw.update(o)
    return torch.load(b, **kw)  # want error PKL201


def call_3(u):
    return up(io.BytesIO(requests.get(u).content), weights_only=False)


def ctor(b, **o):
    return torch.load(b, **dict(DEFAULTS, **o))  # want error PKL201


def call_4(u):
    return ctor(io.BytesIO(requests.get(u).content), weights_only=False)


def call_5(u):
    o = {"weights_only": False}
    return torch.load(io.BytesIO(requests.get(u).content), **(o | DEFAULTS))  # ok: the safe value wins


def wins(b, **o):
    return torch.load(b, **{**o, **DEFAULTS})  # ok: the safe value wins


def call_6(u):
    return wins(io.BytesIO(requests.get(u).content), weights_only=False)


def m7(b, **o):
    return torch.load(b, **{**DEFAULTS, **o})  # ok: the safe value wins


def call_7(u):
    return m7(io.BytesIO(requests.get(u).content), map_location="cpu")


def m8(b, **o):
    return torch.load(b, **(DEFAULTS | o))  # want error PKL201


def call_8(u):
    return m8(io.BytesIO(requests.get(u).content), weights_only=False)
def m9(b, **o):
    kw = DEFAULTS.copy()
    kw |= o
    return torch.load(b, **kw)  # want error PKL201


def call_9(u):
    return m9(io.BytesIO(requests.get(u).content), weights_only=False)
def m10(b, **o):
    o["weights_only"] = True
    return torch.load(b, **o)  # ok: the safe value wins


def call_10(u):
    return m10(io.BytesIO(requests.get(u).content), weights_only=False)
def m11(b, **o):
    o.update(weights_only=True)
    return torch.load(b, **o)  # ok: the safe value wins


def call_11(u):
    return m11(io.BytesIO(requests.get(u).content), weights_only=False)
