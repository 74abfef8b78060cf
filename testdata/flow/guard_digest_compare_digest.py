# hmac.compare_digest compares like ==.
import hashlib
import hmac
import pickle

import requests

EXPECTED = bytes.fromhex("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")


def restore(url):
    body = requests.get(url, timeout=10).content
    if not hmac.compare_digest(hashlib.sha256(body).digest(), EXPECTED):
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: compared in constant time
