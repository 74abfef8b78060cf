# An attribute set on an object from outside the class.
import pickle
from types import SimpleNamespace

import requests


def restore(url):
    box = SimpleNamespace(body=b"")
    box.body = requests.get(url, timeout=10).content  # source net
    box.other = b"\x80\x04N."
    first = pickle.loads(box.other)  # ok: another attribute
    second = pickle.loads(box.body)  # want PKL101 from net
    return first, second
