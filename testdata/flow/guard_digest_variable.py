# The outcome of the comparison is kept in a variable.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    good = hashlib.sha256(body).hexdigest() == EXPECTED
    if not good:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: `good` holds the comparison
