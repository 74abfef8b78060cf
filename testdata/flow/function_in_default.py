# The decoder is the default of a parameter.
import json
import pickle

import requests


def _decode(body):
    return pickle.loads(body)  # want PKL101 from net


def fetch(url, decode=_decode):
    return decode(requests.get(url, timeout=10).content)  # source net


def restore(url):
    return fetch(url), fetch(url, decode=json.loads)
