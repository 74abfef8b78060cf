# The handler re-raises, or leaves the function.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def check(data):
    if hashlib.sha256(data).hexdigest() != EXPECTED:
        raise ValueError("bad digest")


def restore(url):
    body = requests.get(url, timeout=10).content
    try:
        check(body)
    except ValueError as error:
        raise RuntimeError("refused") from error
    return pickle.loads(body)  # ok: the handler raises again


def restore_none(url):
    body = requests.get(url, timeout=10).content
    try:
        check(body)
    except ValueError:
        return None
    return pickle.loads(body)  # ok: the handler returns
