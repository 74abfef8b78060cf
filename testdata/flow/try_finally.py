# The finally block sees the value of the body.
import pickle

import requests


def restore(url):
    body = b"\x80\x04N."
    try:
        body = requests.get(url, timeout=10).content  # source net
    finally:
        value = pickle.loads(body)  # want error PKL101 from net
    return value
