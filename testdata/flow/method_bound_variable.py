# A bound method kept in a variable.
import pickle

import requests


class Decoder:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


def restore(url):
    decode = Decoder().decode
    return decode(requests.get(url, timeout=10).content)  # source net
