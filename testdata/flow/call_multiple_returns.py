# One of several return statements gives tainted data.
import pickle

import requests

CACHE = {"default": b"\x80\x04N."}


def _body(url, offline):
    if offline:
        return b"\x80\x04N."
    if not url:
        return None
    return requests.get(url, timeout=10).content  # source net


def restore(url, offline=False):
    return pickle.loads(_body(url, offline))  # want error PKL101 from net
