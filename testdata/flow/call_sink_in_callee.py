# The sink is in a callee that gets the data as a parameter.
import pickle

import requests


def _decode(data):
    return pickle.loads(data)  # want error PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(body)
