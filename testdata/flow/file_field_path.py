# The path is a field; one method downloads, another loads.
import pickle

import requests


class Cache:
    def __init__(self, path="state.pkl"):
        self.path = path

    def refresh(self, url):
        with open(self.path, "wb") as out:
            out.write(requests.get(url, timeout=10).content)  # source net

    def current(self):
        with open(self.path, "rb") as handle:
            return pickle.load(handle)  # want error PKL101 from net
