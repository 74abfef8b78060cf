# A gate that raises when the flag is off, which it is.
# notes: ignored
import pickle

import requests


def decode(body, *, allow_pickle=False):
    if not allow_pickle:
        raise ValueError("pickle is not allowed")
    return pickle.loads(body)  # ok: the only caller keeps the default


def restore(url):
    return decode(requests.get(url, timeout=10).content)
