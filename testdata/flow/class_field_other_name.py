# Two fields of self: the loaded one is never set from the network.
import pickle

import requests


class Store:
    def __init__(self):
        self.state = b"\x80\x04N."
        self.raw = None

    def refresh(self, url):
        self.raw = requests.get(url, timeout=10).content

    def value(self):
        return pickle.loads(self.state)  # ok: only self.raw holds the download
