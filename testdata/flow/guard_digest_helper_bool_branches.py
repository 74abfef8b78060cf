# A helper with explicit `return True` and `return False`.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def is_genuine(data):
    digest = hashlib.sha256(data).hexdigest()
    if digest == EXPECTED:
        return True
    return False


def restore(url):
    body = requests.get(url, timeout=10).content
    if is_genuine(body):
        return pickle.loads(body)  # ok: checked
    return None
