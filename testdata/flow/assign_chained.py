# `a = b = value` binds both.
import pickle

import requests


def restore(url):
    raw = body = requests.get(url, timeout=10).content  # source net
    print(len(raw))
    return pickle.loads(body)  # want error PKL101 from net
