# Another value is checked than the one that is loaded.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    header = requests.get(url + "/header", timeout=10).content
    body = requests.get(url + "/body", timeout=10).content  # source net
    if hashlib.sha256(header).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101 from net
