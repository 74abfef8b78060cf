# A parameter hides the module of the same name.
# notes: ignored
import json
import pickle

import requests


def fetch(url, pickle=json):
    body = requests.get(url, timeout=10).content
    return pickle.loads(body)  # ok: the parameter, which is json


def round_trip(value):
    return pickle.loads(pickle.dumps(value))  # ok: a round trip


def main():
    fetch("https://example.com/a")
