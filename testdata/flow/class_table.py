# Tables at the module and in classes that are filled under any key; functions held by a class.
import pickle

import requests


def _get(url):
    return requests.get(url, timeout=10).content  # source net


CACHE = {}


def fill(name, url):
    CACHE[name] = _get(url)


def load(name):
    return pickle.loads(CACHE[name])  # want error PKL101 from net


OWN = {}


def fill_own(name, value):
    OWN[name] = pickle.dumps(len(value))


def load_own(name):
    return pickle.loads(OWN[name])  # ok: our own bytes


class Store:
    blobs = {}
    parts = []

    def fill(self, name, url):
        Store.blobs[name] = _get(url)
        self.parts.append(_get(url))

    def load(self, name):
        return pickle.loads(Store.blobs[name])  # want error PKL101 from net

    def first(self):
        return pickle.loads(self.parts[0])  # want error PKL101 from net


class Config:
    loader = staticmethod(pickle.loads)
    reader = staticmethod(len)


def restore(url):
    Config.reader(_get(url))  # ok: another function
    return Config.loader(_get(url))  # want error PKL101 from net
