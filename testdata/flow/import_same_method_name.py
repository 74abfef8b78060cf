# Names alone decide nothing: `loads` of json, of an own class and of an own function are not sinks.
# notes: ignored
import json
import tomllib

import requests


class Codec:
    def loads(self, data):
        return data.decode()


def loads(data):
    return data.split(b",")


def fetch(url):
    body = requests.get(url, timeout=10).content
    text = body.decode()
    return json.loads(body), tomllib.loads(text), Codec().loads(body), loads(body)  # ok: none is pickle
