# A key that is overwritten is clean.
import pickle

import requests


def restore(url):
    parts = {"body": requests.get(url, timeout=10).content}
    print(len(parts["body"]))
    parts["body"] = b"\x80\x04N."
    return pickle.loads(parts["body"])  # ok: overwritten
