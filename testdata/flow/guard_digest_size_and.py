# Size and digest in one condition.
import hashlib
import pickle

import requests

SIZE, EXPECTED = 1048576, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    if len(body) == SIZE and hashlib.sha256(body).hexdigest() == EXPECTED:
        return pickle.loads(body)  # ok: both hold
    raise ValueError("bad file")


def restore_either(url):
    body = requests.get(url, timeout=10).content  # source net
    if len(body) != SIZE and hashlib.sha256(body).hexdigest() != EXPECTED:
        raise ValueError("bad file")
    return pickle.loads(body)  # want error PKL101 from net
