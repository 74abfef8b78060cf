# A field of a field.
import pickle

import requests


class Inner:
    def __init__(self, data):
        self.data = data


class Outer:
    def __init__(self, inner):
        self.inner = inner


def restore(url):
    outer = Outer(Inner(requests.get(url, timeout=10).content))  # source net
    return pickle.loads(outer.inner.data)  # want PKL101 from net
