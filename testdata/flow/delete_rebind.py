# A name that is deleted and bound again.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content
    del body
    body = b"\x80\x04N."
    return pickle.loads(body)  # ok: bound again to a literal
