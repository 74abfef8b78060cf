# super().__init__ stores the constructor argument.
import pickle

import requests


class Base:
    def __init__(self, data):
        self._data = data

    def value(self):
        return pickle.loads(self._data)  # want PKL101 from net


class Child(Base):
    def __init__(self, url):
        super().__init__(requests.get(url, timeout=10).content)  # source net
        self.url = url


def restore(url):
    return Child(url).value()
