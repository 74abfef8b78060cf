# Without `global` the assignment makes a local.
import pickle

import requests

_body = b"\x80\x04N."


def refresh(url):
    _body = requests.get(url, timeout=10).content
    return len(_body)


def current():
    return pickle.loads(_body)  # ok: the module's own literal
