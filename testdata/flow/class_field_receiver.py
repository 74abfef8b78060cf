# The receiver is a field whose class is known from the constructor.
import pickle

import requests


class Decoder:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


class Client:
    def __init__(self):
        self.decoder = Decoder()

    def fetch(self, url):
        return self.decoder.decode(requests.get(url, timeout=10).content)  # source net
