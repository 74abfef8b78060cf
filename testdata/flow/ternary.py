# A conditional expression joins its two values.
import pickle

import requests


def restore(url, offline):
    body = b"\x80\x04N." if offline else requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
