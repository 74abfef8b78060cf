# A default value counts when the argument is absent.
import pickle

import requests

BODY = requests.get("https://example.com/state", timeout=10).content  # source net


def _decode(data=BODY):
    return pickle.loads(data)  # want error PKL101 from net


def restore():
    return _decode()
