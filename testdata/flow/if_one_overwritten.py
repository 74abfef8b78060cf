# Only one branch overwrites the value.
import pickle

import requests


def restore(url, small):
    body = requests.get(url, timeout=10).content  # source net
    if small:
        body = b"\x80\x04N."
    return pickle.loads(body)  # want error PKL101 from net
