# The digest is computed while the chunks are collected.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    digest = hashlib.sha256()
    data = b""
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
        digest.update(chunk)
        data += chunk
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(data)  # ok: checked
