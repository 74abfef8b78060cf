# `+=` keeps what was there and adds.
import pickle

import requests


def restore(url):
    body = b""
    body += requests.get(url, timeout=10).content  # source net
    body += b"."
    return pickle.loads(body)  # want error PKL101 from net
