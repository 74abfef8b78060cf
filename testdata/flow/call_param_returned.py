# A parameter that is returned: only the call with tainted data gives tainted data.
import pickle

import requests


def same(value):
    return value


def restore(url):
    fixed = same(b"\x80\x04N.")
    body = same(requests.get(url, timeout=10).content)  # source net
    first = pickle.loads(fixed)  # ok: the other call of same()
    second = pickle.loads(body)  # want error PKL101 from net
    return first, second
