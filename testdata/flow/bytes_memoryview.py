# bytes, bytearray and memoryview of tainted data.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    view = memoryview(bytearray(body))[4:]
    return pickle.loads(bytes(view))  # want error PKL101 from net
