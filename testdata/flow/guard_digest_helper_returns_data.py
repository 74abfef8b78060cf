# A helper gives the data back only when it is right.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def verified(data):
    if hashlib.sha256(data).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return data


def restore(url):
    return pickle.loads(verified(requests.get(url, timeout=10).content))  # ok: verified() raises
