# A decorator checks the argument of what it wraps.
import functools
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def checked(function):
    @functools.wraps(function)
    def wrapper(data, *args, **kwargs):
        if hashlib.sha256(data).hexdigest() != EXPECTED:
            raise ValueError("bad digest")
        return function(data, *args, **kwargs)

    return wrapper


@checked
def load(data):
    return pickle.loads(data)  # ok: the wrapper checks first


def restore(url):
    return load(requests.get(url, timeout=10).content)
