# The outcome is a flag that starts as False and is set on the branch where the digests agree.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    ok = False
    if hashlib.sha256(body).hexdigest() == EXPECTED:
        ok = True
    if not ok:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: `ok` is True only where the digest fits


def restore_anyway(url):
    body = requests.get(url, timeout=10).content  # source net
    ok = True
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        ok = len(body) > 0
    if not ok:
        raise ValueError("empty")
    return pickle.loads(body)  # want error PKL101 from net
