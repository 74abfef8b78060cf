# Tuple unpacking binds each name to its element.
import pickle

import requests


def restore(url):
    fixed, body = b"\x80\x04N.", requests.get(url, timeout=10).content  # source net
    first = pickle.loads(fixed)  # ok: the first element
    second = pickle.loads(body)  # want error PKL101 from net
    return first, second
