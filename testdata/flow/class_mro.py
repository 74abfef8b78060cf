# The first base wins: its decode reads JSON.
# notes: ignored
import json
import pickle

import requests


class Safe:
    def decode(self, body):
        return json.loads(body)


class Unsafe:
    def decode(self, body):
        return pickle.loads(body)  # ok: hidden by Safe.decode


class Client(Safe, Unsafe):
    def fetch(self, url):
        return self.decode(requests.get(url, timeout=10).content)
