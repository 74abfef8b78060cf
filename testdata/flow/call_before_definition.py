# The callee is defined further down.
import pickle

import requests


def restore(url):
    return _decode(_download(url))


def _download(url):
    return requests.get(url, timeout=10).content  # source net


def _decode(data):
    return pickle.loads(data)  # want error PKL101 from net
