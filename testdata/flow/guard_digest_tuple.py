# Algorithm and digest are a pair in a constant.
import hashlib
import pickle

import requests

EXPECTED = ("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")


def restore(url):
    body = requests.get(url, timeout=10).content
    name, digest = EXPECTED
    if hashlib.new(name, body).hexdigest() != digest:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: sha256, and our own digest
