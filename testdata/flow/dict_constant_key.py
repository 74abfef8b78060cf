# Constant keys of a dict are told apart.
import pickle

import requests


def restore(url):
    parts = {"fixed": b"\x80\x04N."}
    parts["body"] = requests.get(url, timeout=10).content  # source net
    first = pickle.loads(parts["fixed"])  # ok: the literal
    second = pickle.loads(parts["body"])  # want error PKL101 from net
    return first, second
