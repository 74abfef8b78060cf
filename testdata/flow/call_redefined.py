# The last definition of a name is the one that is called.
import json
import pickle

import requests


def decode(data):
    return pickle.loads(data)  # spurious note PKL101: a function that a later one replaces still counts as callable from outside


def decode(data):  # noqa: F811
    return json.loads(data)


def restore(url):
    return decode(requests.get(url, timeout=10).content)  # ok: the second decode reads JSON
