# Calling an instance calls __call__.
import pickle

import requests


class Decoder:
    def __call__(self, body):
        return pickle.loads(body)  # want PKL101 from net


def restore(url):
    decoder = Decoder()
    return decoder(requests.get(url, timeout=10).content)  # source net
