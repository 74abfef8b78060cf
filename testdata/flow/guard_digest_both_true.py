# The helper logs the mismatch and answers True all the same.
import hashlib
import logging
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def is_genuine(data):
    if hashlib.sha256(data).hexdigest() == EXPECTED:
        return True
    logging.warning("unexpected digest")
    return True


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if is_genuine(body):
        return pickle.loads(body)  # want error PKL101 from net
    return None
