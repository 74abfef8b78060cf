# A staticmethod has no self: argument 0 is the data.
import pickle

import requests


class Codec:
    @staticmethod
    def decode(body):
        return pickle.loads(body)  # want PKL101 from net


def restore(url):
    return Codec.decode(requests.get(url, timeout=10).content)  # source net
