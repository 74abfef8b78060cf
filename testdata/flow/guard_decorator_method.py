# Decorators of methods, and decorators that take arguments.
import functools
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def digest_is(expected):
    def decorate(method):
        @functools.wraps(method)
        def wrapper(self, body):
            if hashlib.sha256(body).hexdigest() != expected:
                raise ValueError("bad digest")
            return method(self, body)

        return wrapper

    return decorate


class Store:
    @digest_is(EXPECTED)
    def restore(self, body):
        return pickle.loads(body)  # ok: the wrapper checks the body

    def refresh(self, body):
        return pickle.loads(body)  # want error PKL101 from net


def main(url):
    store = Store()
    store.restore(requests.get(url, timeout=10).content)
    return store.refresh(requests.get(url, timeout=10).content)  # source net
