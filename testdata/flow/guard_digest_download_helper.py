# The download helper checks before it returns.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def download(url, digest):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != digest:
        raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(download(url, EXPECTED))  # ok: download() checks against our digest
