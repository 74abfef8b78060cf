# A chain of elif.
import pickle

import requests


def restore(url, mode):
    if mode == "none":
        body = b"\x80\x04N."
    elif mode == "true":
        body = b"\x80\x04\x88."
    elif mode == "net":
        body = requests.get(url, timeout=10).content  # source net
    else:
        raise ValueError(mode)
    return pickle.loads(body)  # want error PKL101 from net
