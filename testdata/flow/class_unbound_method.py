# A method called through its class, with the instance as first argument.
import pickle

import requests


class Decoder:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


def restore(url):
    decoder = Decoder()
    return Decoder.decode(decoder, requests.get(url, timeout=10).content)  # source net
