# Digests are kept in a file of the package.
import hashlib
import json
import pathlib
import pickle

import requests

LOCK = json.loads((pathlib.Path(__file__).parent / "models.lock.json").read_text())


def restore(name, url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != LOCK[name]:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: a file of our own
