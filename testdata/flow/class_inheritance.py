# A method of the base class holds the sink, the subclass fills the field.
import pickle

import requests


class Base:
    body = b""

    def value(self):
        return pickle.loads(self.body)  # want PKL101 from net


class Remote(Base):
    def __init__(self, url):
        self.body = requests.get(url, timeout=10).content  # source net


def restore(url):
    return Remote(url).value()
