# A digest compared with a digest of the same bytes proves nothing.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    expected = hashlib.sha256(body).hexdigest()
    if hashlib.sha256(body).hexdigest() != expected:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101 from net
