# Source in one callee, sink in another, joined in a third function.
import pickle

import requests


def _download(url):
    response = requests.get(url, timeout=10)  # source net
    response.raise_for_status()
    return response.content


def _decode(data):
    return pickle.loads(data)  # want error PKL101 from net


def restore(url):
    return _decode(_download(url))
