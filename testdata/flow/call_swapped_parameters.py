# The wrapper swaps its arguments, so the clean one is loaded.
import pickle

import requests


def _inner(data, other):
    print(other)
    return pickle.loads(data)  # ok: `other` is the download


def _outer(first, second):
    return _inner(second, first)


def restore(url):
    body = requests.get(url, timeout=10).content
    return _outer(body, b"\x80\x04N.")
