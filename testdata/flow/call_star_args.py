# Positional arguments through *args.
import pickle

import requests


def _decode(name, data):
    print(name)
    return pickle.loads(data)  # want PKL101 from net


def _retry(*args):
    return _decode(*args)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _retry("model", body)
