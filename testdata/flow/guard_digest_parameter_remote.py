# The same helper, but the expected digest comes from the same server.
import hashlib
import pickle

import requests


def download(url, digest):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.sha256(body).hexdigest() != digest:
        raise ValueError("bad digest")
    return body


def restore(url):
    digest = requests.get(url + ".sha256", timeout=10).text.strip()
    return pickle.loads(download(url, digest))  # want error PKL101 from net
