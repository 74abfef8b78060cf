# `a or b` gives one of its operands.
import pickle

import requests


def restore(url, cached=b""):
    body = cached or requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
