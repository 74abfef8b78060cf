# The helper raises, and the caller swallows the exception.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def check(data):
    if hashlib.sha256(data).hexdigest() != EXPECTED:
        raise ValueError("bad digest")


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    try:
        check(body)
    except ValueError as error:
        print("ignored:", error)
    return pickle.loads(body)  # want error PKL101 from net
