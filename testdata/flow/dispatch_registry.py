# A registry filled by a decorator.
import pickle

import requests

HANDLERS = {}


def handler(name):
    def register(function):
        HANDLERS[name] = function
        return function

    return register


@handler("state")
def _state(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return HANDLERS["state"](body)
