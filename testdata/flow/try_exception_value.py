# An exception carries data from raise to except.
import pickle

import requests


class Fallback(Exception):
    def __init__(self, body):
        super().__init__("fallback")
        self.body = body


def _fetch(url):
    raise Fallback(requests.get(url, timeout=10).content)


def restore(url):
    try:
        _fetch(url)
    except Fallback as error:
        return pickle.loads(error.body)  # want PKL101
