# isinstance decides which class the receiver has.
import json
import pickle

import requests


class PickleCodec:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


class JSONCodec:
    def decode(self, body):
        return json.loads(body)


def decode(codec, url):
    body = requests.get(url, timeout=10).content  # source net
    if isinstance(codec, PickleCodec):
        return codec.decode(body)
    return None
