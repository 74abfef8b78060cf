# The expected digest comes from the same server as the data.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    expected = requests.get(url + ".sha256", timeout=10).text.strip()
    if hashlib.sha256(body).hexdigest() != expected:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101 from net
