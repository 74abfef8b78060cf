# The decoder is kept in a field.
import pickle

import requests


class Client:
    def __init__(self, decode):
        self.decode = decode

    def fetch(self, url):
        return self.decode(requests.get(url, timeout=10).content)  # source net


def _decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    return Client(_decode).fetch(url)
