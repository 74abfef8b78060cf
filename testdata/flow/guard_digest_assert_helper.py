# The answer of a helper is asserted, which python -O leaves out.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def is_genuine(data):
    return hashlib.sha256(data).hexdigest() == EXPECTED


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    assert is_genuine(body), "bad digest"
    return pickle.loads(body)  # want warning PKL101 from net
