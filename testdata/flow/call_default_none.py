# `if data is None: data = …`, the usual optional parameter.
import pickle

import requests


def _decode(url, data=None):
    if data is None:
        data = requests.get(url, timeout=10).content  # source net
    return pickle.loads(data)  # want error PKL101 from net


def restore():
    return _decode("https://example.com/state")
