# The handler's value and the body's value meet after the try.
import pickle

import requests


def restore(url):
    try:
        body = requests.get(url, timeout=10).content  # source net
    except requests.RequestException:
        body = b"\x80\x04N."
    return pickle.loads(body)  # want error PKL101 from net
