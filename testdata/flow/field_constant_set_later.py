# notes: ignored
# A constant that a method or the caller stores in an object holds for that object in the methods that are called then.
import io

import requests
import torch


class Setter:
    def __init__(self):
        self._safe = True

    def restricted(self, yes: bool):
        self._safe = yes
        return self

    def build(self, blob):
        return torch.load(io.BytesIO(blob), weights_only=self._safe)  # want error PKL201 from off


def off(url):
    loader = Setter()
    loader.restricted(False)
    return loader.build(requests.get(url, timeout=9).content)  # source off


class Kept:
    def __init__(self):
        self._safe = False

    def restricted(self, yes: bool):
        self._safe = yes
        return self

    def build(self, blob):
        return torch.load(io.BytesIO(blob), weights_only=self._safe)  # ok: nobody leaves it off


def on(url):
    return Kept().restricted(True).build(requests.get(url, timeout=9).content)


class Stored:
    def __init__(self):
        self.safe = False

    def build(self, blob):
        return torch.load(io.BytesIO(blob), weights_only=self.safe)  # ok: the caller stores True


def stored(url):
    loader = Stored()
    loader.safe = True
    return loader.build(requests.get(url, timeout=9).content)


class Strict:
    def __init__(self):
        self._safe = True

    def loose(self):
        self._safe = False

    def build(self, blob):
        return torch.load(io.BytesIO(blob), weights_only=self._safe)  # want error PKL201 from loose


def strict(url):
    loader = Strict()
    loader.loose()
    return loader.build(requests.get(url, timeout=9).content)  # source loose
