# The callee looks at the data and returns something else.
import pickle

import requests


def default_for(body):
    if len(body) > 3:
        return b"\x80\x04N."
    return b"\x80\x04\x88."


def restore(url):
    body = requests.get(url, timeout=10).content
    return pickle.loads(default_for(body))  # ok: only literals come back
