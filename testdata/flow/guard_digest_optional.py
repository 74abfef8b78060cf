# The digest is optional, and this caller leaves it out.
import hashlib
import pickle

import requests


def download(url, digest=None):
    body = requests.get(url, timeout=10).content  # source net
    if digest is not None and hashlib.sha256(body).hexdigest() != digest:
        raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(download(url))  # want error PKL101 from net
