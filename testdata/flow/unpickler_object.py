# pickle.Unpickler over a tainted stream; load is a method.
import io
import pickle

import requests


def restore(url):
    unpickler = pickle.Unpickler(io.BytesIO(requests.get(url, timeout=10).content))  # source net
    return unpickler.load()  # want error PKL101 from net
