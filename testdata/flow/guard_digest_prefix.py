# A prefix of eight digits can be forged.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if not hashlib.sha256(body).hexdigest().startswith("9f86d081"):
        raise ValueError("bad digest")
    return pickle.loads(body)  # want PKL101 from net
