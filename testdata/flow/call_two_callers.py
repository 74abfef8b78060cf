# One callee, one clean and one tainted caller: one finding, from the tainted one.
import pickle

import requests


def _decode(data):
    return pickle.loads(data)  # want error PKL101 from net


def from_disk():
    return _decode(b"\x80\x04N.")


def from_network(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(body)
