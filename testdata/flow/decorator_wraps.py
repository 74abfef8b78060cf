# A decorator that wraps with *args and **kwargs.
import functools
import pickle

import requests


def retry(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        for _ in range(3):
            try:
                return function(*args, **kwargs)
            except OSError:
                continue
        raise RuntimeError("gave up")

    return wrapper


@retry
def download(url):
    return requests.get(url, timeout=10).content  # source net


@retry
def decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    return decode(download(url))
