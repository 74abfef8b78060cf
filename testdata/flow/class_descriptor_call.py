# A bound method of a base class, called through super in a property.
import pickle

import requests


class Source:
    def raw(self, url):
        return requests.get(url, timeout=10).content  # source net


class Model(Source):
    url = "https://example.com/model"

    @property
    def weights(self):
        return pickle.loads(super().raw(self.url))  # want PKL101 from net


def restore():
    return Model().weights
