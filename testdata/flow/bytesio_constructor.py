# BytesIO over tainted bytes is a tainted file.
import io
import pickle

import requests


def restore(url):
    stream = io.BytesIO(requests.get(url, timeout=10).content)  # source net
    return pickle.load(stream)  # want error PKL101 from net
