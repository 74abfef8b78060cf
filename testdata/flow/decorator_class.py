# A class as a decorator.
import pickle

import requests


class Traced:
    def __init__(self, function):
        self.function = function

    def __call__(self, *args):
        print("call", self.function)
        return self.function(*args)


@Traced
def decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    return decode(requests.get(url, timeout=10).content)  # source net
