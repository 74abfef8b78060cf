# Both branches overwrite the value.
import pickle

import requests


def restore(url, small):
    body = requests.get(url, timeout=10).content
    print(len(body))
    if small:
        body = b"\x80\x04N."
    else:
        body = b"\x80\x04\x88."
    return pickle.loads(body)  # ok: a literal on every path
