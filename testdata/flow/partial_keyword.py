# partial binds a keyword of an own function.
from functools import partial
import pickle

import requests


def _decode(body, name):
    print(name)
    return pickle.loads(body)  # want PKL101 from net


decode_model = partial(_decode, name="model")


def restore(url):
    return decode_model(requests.get(url, timeout=10).content)  # source net
