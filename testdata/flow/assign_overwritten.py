# Strong update: a variable that is overwritten with a literal is clean.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content
    print(len(body))
    body = b"\x80\x04N."
    return pickle.loads(body)  # ok: overwritten
