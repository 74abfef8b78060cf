# The decorator decodes what the function returns.
import functools
import pickle

import requests


def unpickled(function):
    @functools.wraps(function)
    def wrapper(*args):
        return pickle.loads(function(*args))  # want note PKL101 from=unknown  # missing PKL101 from net: what a decorated function returns is not followed into its decorator

    return wrapper


@unpickled
def state(url):
    return requests.get(url, timeout=10).content  # source net


def restore(url):
    return state(url)
