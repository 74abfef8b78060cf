# The method comes from the second base.
import pickle

import requests


class Named:
    name = "model"


class Decoding:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


class Client(Named, Decoding):
    def fetch(self, url):
        return self.decode(requests.get(url, timeout=10).content)  # source net
