# Subscripting an own object calls __getitem__.
import pickle

import requests


class Remote:
    def __init__(self, base):
        self.base = base

    def __getitem__(self, key):
        return requests.get(self.base + key, timeout=10).content  # source net


def restore(base):
    remote = Remote(base)
    return pickle.loads(remote["model"])  # want PKL101 from net
