# The digest must be one of a constant set.
import hashlib
import pickle

import requests

KNOWN = frozenset({
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
})


def restore(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() not in KNOWN:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: a known digest
