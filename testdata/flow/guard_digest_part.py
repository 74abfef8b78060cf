# Only the beginning of the data is hashed.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.sha256(body[:4096]).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101 from net


def restore_same_part(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body[64:]).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body[64:])  # ok: the part that was hashed
