# Wrappers that call again and again, log, or cache pass on what they get.
import functools
import logging
import pickle
import time

import requests


def retried(times):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except OSError:
                    time.sleep(attempt)
            raise RuntimeError(function.__name__)

        return wrapper

    return decorate


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        logging.debug("%s", function.__name__)
        return result

    return wrapper


@retried(3)
@logged
def fetch(url):
    return requests.get(url, timeout=10).content  # source net


@logged
def decode(body):
    return pickle.loads(body)  # want error PKL101 from net


def restore(url):
    return decode(fetch(url))
