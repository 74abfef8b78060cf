# Two functions that call each other; the sink is in one, the source outside.
import pickle

import requests


def _even(data, depth):
    if depth == 0:
        return pickle.loads(data)  # want error PKL101 from net
    return _odd(data, depth - 1)


def _odd(data, depth):
    return _even(data[1:], depth)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _even(body, 4)
