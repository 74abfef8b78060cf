# Two callers with different sources: one finding with a flow from each.
import pickle

import requests
from flask import request


def _decode(data):
    return pickle.loads(data)  # want error PKL101 from body  # want error PKL101 from net


def from_network(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(body)


def from_request():
    return _decode(request.data)  # source body
