# Iterating over an own object calls __iter__.
import pickle

import requests


class Pages:
    def __init__(self, urls):
        self.urls = urls

    def __iter__(self):
        for url in self.urls:
            yield requests.get(url, timeout=10).content  # source net


def restore(urls):
    out = []
    for page in Pages(urls):
        out.append(pickle.loads(page))  # want PKL101 from net
    return out
