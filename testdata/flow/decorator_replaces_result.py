# The decorator decodes what the function returns.
import functools
import pickle

import requests


def unpickled(function):
    @functools.wraps(function)
    def wrapper(*args):
        return pickle.loads(function(*args))  # want error PKL101 from net

    return wrapper


@unpickled
def state(url):
    return requests.get(url, timeout=10).content  # source net


def restore(url):
    return state(url)
