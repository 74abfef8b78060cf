# A helper that checks with a broken digest and returns the data.
import hashlib
import pickle

import requests


def _fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.md5(body).hexdigest() != "9f86d081884c7d659a2feaa0c55ad015":
        raise ValueError("bad digest")
    return body


def restore(url):
    return pickle.loads(_fetch(url))  # want warning PKL101 from net
