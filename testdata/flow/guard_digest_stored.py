# What was checked is kept in a field and loaded later.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Client:
    def __init__(self):
        self.state = b""
        self.other = b""

    def refresh(self, url):
        body = requests.get(url, timeout=10).content
        if hashlib.sha256(body).hexdigest() != EXPECTED:
            raise ValueError("bad digest")
        self.state = body

    def refresh_other(self, url):
        self.other = requests.get(url, timeout=10).content  # source net

    def load(self):
        return pickle.loads(self.state)  # ok: only checked data is stored

    def load_other(self):
        return pickle.loads(self.other)  # want error PKL101 from net


def restore(url):
    client = Client()
    client.refresh(url)
    client.refresh_other(url)
    return client.load(), client.load_other()
