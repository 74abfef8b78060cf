# Arguments from a dict display that is splatted.
import pickle

import requests


def _decode(name, data):
    print(name)
    return pickle.loads(data)  # want PKL101 from net


def restore(url):
    arguments = {"name": "model", "data": requests.get(url, timeout=10).content}  # source net
    return _decode(**arguments)
