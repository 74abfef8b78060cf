# The only instance is of the class that reads JSON.
# notes: ignored
import json
import pickle

import requests


class PickleCodec:
    def decode(self, body):
        return pickle.loads(body)  # ok: no caller has an instance of this class


class JSONCodec(PickleCodec):
    def decode(self, body):
        return json.loads(body)


def restore(url):
    codec = JSONCodec()
    return codec.decode(requests.get(url, timeout=10).content)
