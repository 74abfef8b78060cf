# A slice of tainted bytes is tainted.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    header, rest = body[:16], body[16:]
    print(header)
    return pickle.loads(rest)  # want error PKL101 from net
