# Each branch loads its own value.
import pickle

import requests


def restore(url, offline):
    if offline:
        body = b"\x80\x04N."
        return pickle.loads(body)  # ok: this branch is offline
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
