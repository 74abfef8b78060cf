# An assert is a check only as long as python runs without -O: it lowers the finding.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    assert hashlib.sha256(body).hexdigest() == EXPECTED, "bad digest"
    return pickle.loads(body)  # want warning PKL101 from net
