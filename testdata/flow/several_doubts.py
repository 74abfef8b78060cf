# One doubt about a flow leaves the level as it is; each further one costs a level.
import pickle

import requests
import unheard_of


class Store:
    def __init__(self, blob):
        self.blob = blob

    def load(self):
        return pickle.loads(self.blob)  # want error PKL101 from plain


class Other:
    def __init__(self, blob):
        self.blob = blob

    def load(self):
        return pickle.loads(self.blob)  # want warning PKL101 from doubtful


def one():
    body = requests.get("https://example.org/a").content  # source plain
    return Store(body)  # who calls load() is not seen: one doubt


def two():
    body = requests.get("https://example.org/b").content  # source doubtful
    return Other(unheard_of.pick(body, 3))  # and what pick() gives is not known


def direct():
    return pickle.loads(unheard_of.pick(requests.get("https://example.org/c").content))  # want error PKL101
