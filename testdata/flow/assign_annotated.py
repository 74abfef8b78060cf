# Annotated assignments, with and without a value.
import pickle

import requests


def restore(url: str) -> object:
    body: bytes
    body = requests.get(url, timeout=10).content  # source net
    copy: bytes = body
    return pickle.loads(copy)  # want error PKL101 from net
