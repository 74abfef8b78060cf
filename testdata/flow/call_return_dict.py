# A dict with constant keys comes back: only one key is tainted.
import pickle

import requests


def _get(url):
    response = requests.get(url, timeout=10)  # source net
    return {"default": b"\x80\x04N.", "body": response.content}


def restore(url):
    answer = _get(url)
    first = pickle.loads(answer["default"])  # ok: the literal
    second = pickle.loads(answer["body"])  # want error PKL101 from net
    return first, second
