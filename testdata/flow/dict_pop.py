# pop gives the value of the key.
import pickle

import requests


def restore(url):
    parts = {"fixed": b"\x80\x04N.", "body": requests.get(url, timeout=10).content}  # source net
    first = pickle.loads(parts.pop("fixed"))  # ok: the literal
    second = pickle.loads(parts.pop("body"))  # want PKL101 from net
    return first, second
