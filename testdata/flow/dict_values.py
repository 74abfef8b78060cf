# Iterating over values and items.
import pickle

import requests


def restore(url):
    parts = {"body": requests.get(url, timeout=10).content}  # source net
    out = [pickle.loads(value) for value in parts.values()]  # want PKL101 from net
    for name, value in parts.items():
        print(name)
        out.append(pickle.loads(value))  # want PKL101 from net
    return out
