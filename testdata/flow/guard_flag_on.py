# The same gate, and one caller turns it on.
import json
import pickle

import requests


def decode(body, allow_pickle=False):
    if not allow_pickle:
        return json.loads(body)
    return pickle.loads(body)  # want error PKL101 from net


def restore(url):
    return decode(requests.get(url, timeout=10).content, allow_pickle=True)  # source net
