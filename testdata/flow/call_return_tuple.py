# A tuple of status and body: only the body is tainted.
import pickle

import requests

EMPTY = b"\x80\x04N."


def _get(url):
    response = requests.get(url, timeout=10)  # source net
    return EMPTY, response.content


def restore(url):
    fallback, body = _get(url)
    first = pickle.loads(fallback)  # ok: the literal half of the tuple
    second = pickle.loads(body)  # want error PKL101 from net
    return first, second
