# The walrus binds inside an expression.
import pickle

import requests


def restore(url):
    if (body := requests.get(url, timeout=10).content):  # source net
        return pickle.loads(body)  # want error PKL101 from net
    return None
