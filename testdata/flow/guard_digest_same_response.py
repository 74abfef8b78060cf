# The expected digest is a header of the same response.
import hashlib
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    body = response.content
    if hashlib.sha256(body).hexdigest() != response.headers["X-Checksum"]:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101 from net
