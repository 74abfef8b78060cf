# The digest object is fed with update, in one call.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    digest = hashlib.sha256()
    digest.update(body)
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: the digest of these bytes
