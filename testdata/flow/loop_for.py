# Chunks of a streamed reply are collected in a loop.
import pickle

import requests


def restore(url):
    data = b""
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):  # source net
        data = data + chunk
    return pickle.loads(data)  # want error PKL101 from net
