# Two classes have a method of the same name; the receiver decides.
# notes: ignored
import json
import pickle

import requests


class PickleDecoder:
    def decode(self, body):
        return pickle.loads(body)  # ok: never called with a download


class JSONDecoder:
    def decode(self, body):
        return json.loads(body)


def restore(url):
    return JSONDecoder().decode(requests.get(url, timeout=10).content)
