# The same helper gets own bytes once and downloaded bytes once.
import pickle

import requests


def _thaw(blob):
    return pickle.loads(blob)  # want error PKL101 from net


def clone(value):
    return _thaw(pickle.dumps(value))


def restore(url):
    return _thaw(requests.get(url, timeout=10).content)  # source net
