# What a field refers to is known where its class was tested.
# notes: ignored
import json
import pickle

import requests


class Old:
    def unpack(self, raw):
        return pickle.loads(raw)  # want PKL101 from fielded


class New:
    def unpack(self, raw):
        return json.loads(raw)


def codec(version):
    return Old() if version < 3 else New()


class Service:
    def __init__(self, version):
        self.codec = codec(version)

    def safe(self, url):
        if isinstance(self.codec, Old):
            raise ValueError
        return self.codec.unpack(requests.get(url).content)

    def unsafe(self, url):
        if isinstance(self.codec, New):
            raise ValueError
        return self.codec.unpack(requests.get(url).content)  # source fielded
