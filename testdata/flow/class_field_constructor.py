# A field set by the constructor from its argument.
import pickle

import requests


class Blob:
    def __init__(self, data):
        self.data = data

    def value(self):
        return pickle.loads(self.data)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return Blob(body).value()
