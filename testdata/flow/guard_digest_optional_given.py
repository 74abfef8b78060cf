# The digest is optional, and every caller gives one.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _download(url, digest=None):
    body = requests.get(url, timeout=10).content
    if digest is not None and hashlib.sha256(body).hexdigest() != digest:
        raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(_download(url, digest=EXPECTED))  # ok: checked
