# A class is passed and instantiated by somebody else.
import pickle

import requests


class State:
    def __init__(self, body):
        self.value = pickle.loads(body)  # want PKL101 from net


def build(factory, body):
    return factory(body)


def restore(url):
    return build(State, requests.get(url, timeout=10).content)  # source net
