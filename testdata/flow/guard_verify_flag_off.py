# Checking is a parameter that is off by default.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def fetch(url, verify=False):
    body = requests.get(url, timeout=10).content  # source net
    if verify:
        if hashlib.sha256(body).hexdigest() != EXPECTED:
            raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(fetch(url))  # want error PKL101 from net


def restore_checked(url):
    return pickle.loads(fetch(url, verify=True))  # ok: this one asks for the check
