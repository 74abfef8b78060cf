# Keyword arguments through **kwargs.
import pickle

import requests


def _decode(*, name, data):
    print(name)
    return pickle.loads(data)  # want PKL101 from net


def _retry(**kwargs):
    return _decode(**kwargs)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _retry(name="model", data=body)
