# The helper gives the data, or None when the digest does not fit.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def fetch(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        return None
    return body


def restore(url):
    body = fetch(url)
    if body is None:
        return {}
    return pickle.loads(body)  # ok: checked inside fetch
