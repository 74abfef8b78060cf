# The constructor itself loads its argument.
import pickle

import requests


class Model:
    def __init__(self, blob):
        self.weights = pickle.loads(blob)  # want PKL101 from net


def restore(url):
    return Model(requests.get(url, timeout=10).content)  # source net
