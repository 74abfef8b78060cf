# The data passes two parameters with the same name in different functions.
import pickle

import requests


def _inner(data, other):
    print(other)
    return pickle.loads(data)  # want error PKL101 from net


def _outer(other, data):
    return _inner(data, other)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _outer("label", body)
