# A decorator with arguments.
import functools
import pickle
import time

import requests


def retry(times, delay=0.1):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(times):
                time.sleep(delay)
                return function(*args, **kwargs)

        return wrapper

    return decorate


@retry(times=3)
def decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    return decode(requests.get(url, timeout=10).content)  # source net
