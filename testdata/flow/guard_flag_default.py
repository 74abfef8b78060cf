# Loading is gated by a parameter that is off by default and stays off.
# notes: ignored
import json
import pickle

import requests


def decode(body, allow_pickle=False):
    if allow_pickle:
        return pickle.loads(body)  # ok: no caller turns it on for a download
    return json.loads(body)


def restore(url):
    return decode(requests.get(url, timeout=10).content)


def clone(value):
    return decode(pickle.dumps(value), allow_pickle=True)
