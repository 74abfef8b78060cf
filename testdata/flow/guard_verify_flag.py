# Checking is a parameter: on by default, and one caller switches it off.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def fetch(url, verify=True):
    body = requests.get(url, timeout=10).content  # source net
    if verify and hashlib.sha256(body).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(fetch(url))  # ok: checked by default


def restore_fast(url):
    return pickle.loads(fetch(url, verify=False))  # want error PKL101 from net
