# A function gives one of several instances.
import json
import pickle

import requests


class JSONCodec:
    def decode(self, body):
        return json.loads(body)


class PickleCodec:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


def make(kind):
    if kind == "json":
        return JSONCodec()
    return PickleCodec()


def restore(url, kind):
    return make(kind).decode(requests.get(url, timeout=10).content)  # source net
