# The tainted keyword goes to the parameter that is not loaded.
import pickle

import requests


def _decode(name, data=b"\x80\x04N."):
    print(name)
    return pickle.loads(data)  # ok: data is a literal at every call


def restore(url):
    body = requests.get(url, timeout=10).content
    _decode(name=body)
    return _decode(body, data=b"\x80\x04\x88.")
