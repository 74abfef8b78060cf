# The comparison is one operand of `and`.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    response = requests.get(url, timeout=10)
    if response.ok and hashlib.sha256(response.content).hexdigest() == EXPECTED:
        return pickle.loads(response.content)  # ok: both operands are true here
    return None


def restore_or(url):
    body = requests.get(url, timeout=10).content
    if not body or hashlib.sha256(body).hexdigest() != EXPECTED:
        raise ValueError("bad reply")
    return pickle.loads(body)  # ok: neither operand is true here
