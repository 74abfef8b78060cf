# A function that gets the decoder as a parameter.
import json
import pickle

import requests


def apply(decode, body):
    return decode(body)


def _decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return apply(_decode, body)


def restore_json(url):
    return apply(json.loads, requests.get(url, timeout=10).content)  # ok: json
