# The subclass overrides the method that decodes: an abstract call ends in the pickle one.
import json
import pickle

import requests


class Serde:
    def decode(self, body):
        raise NotImplementedError

    def fetch(self, url):
        return self.decode(requests.get(url, timeout=10).content)  # source net


class JSONSerde(Serde):
    def decode(self, body):
        return json.loads(body)  # ok: json


class PickleSerde(Serde):
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net
