# Nested targets.
import pickle

import requests


def restore(url):
    (name, (kind, body)), count = ("a", ("b", requests.get(url, timeout=10).content)), 1  # source net
    print(name, kind, count)
    return pickle.loads(body)  # want error PKL101 from net
