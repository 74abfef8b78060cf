# A classmethod is an alternative constructor; cls is the class.
import pickle

import requests


class Model:
    def __init__(self, weights):
        self.weights = weights

    @classmethod
    def from_url(cls, url):
        return cls._decode(requests.get(url, timeout=10).content)  # source net

    @classmethod
    def _decode(cls, body):
        return cls(pickle.loads(body))  # want PKL101 from net


def restore(url):
    return Model.from_url(url)
