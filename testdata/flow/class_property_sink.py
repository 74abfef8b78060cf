# The property holds the sink; reading it is the call.
import functools
import pickle

import requests


class Reply:
    def __init__(self, body):
        self._body = body

    @functools.cached_property
    def value(self):
        return pickle.loads(self._body)  # want PKL101 from net


def restore(url):
    return Reply(requests.get(url, timeout=10).content).value  # source net
