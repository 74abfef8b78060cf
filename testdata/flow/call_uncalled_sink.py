# A private function that nobody calls with tainted data, beside the network call.
import pickle

import requests


def _clone(value):
    return pickle.loads(pickle.dumps(value))  # ok: a round trip


def restore(url):
    return _clone(requests.get(url, timeout=10).json())
