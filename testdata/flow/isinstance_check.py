# A type check of the bytes says nothing about who wrote them.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if not isinstance(body, bytes):
        raise TypeError("bytes expected")
    return pickle.loads(body)  # want error PKL101 from net
