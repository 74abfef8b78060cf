# A bytearray that grows.
import pickle

import requests


def restore(url):
    data = bytearray()
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):  # source net
        data.extend(chunk)
    return pickle.loads(data)  # want error PKL101 from net


def restore_plus(url):
    data = bytearray()
    data += requests.get(url, timeout=10).content  # source net2
    return pickle.loads(bytes(data))  # want error PKL101 from net2
