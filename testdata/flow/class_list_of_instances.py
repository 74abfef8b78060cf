# Instances are kept in a list and asked one after the other.
import json
import pickle

import requests


class JSONCodec:
    def decode(self, body):
        return json.loads(body)


class PickleCodec:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


CODECS = [JSONCodec(), PickleCodec()]


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    for codec in CODECS:
        try:
            return codec.decode(body)
        except ValueError:
            continue
    return None
