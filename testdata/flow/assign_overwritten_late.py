# The load comes before the overwrite.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    value = pickle.loads(body)  # want error PKL101 from net
    body = b""
    return value, body
