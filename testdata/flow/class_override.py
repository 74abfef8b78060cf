# The base class calls a method that the subclass overrides (template method).
import pickle

import requests


class Loader:
    def read(self):
        raise NotImplementedError

    def load(self):
        return pickle.loads(self.read())  # want PKL101 from net


class HTTPLoader(Loader):
    def __init__(self, url):
        self.url = url

    def read(self):
        return requests.get(self.url, timeout=10).content  # source net


def restore(url):
    return HTTPLoader(url).load()
