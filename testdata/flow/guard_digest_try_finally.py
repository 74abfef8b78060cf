# A finally block does not undo the check.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    response = requests.get(url, timeout=10)
    try:
        body = response.content
        if hashlib.sha256(body).hexdigest() != EXPECTED:
            raise ValueError("bad digest")
    finally:
        response.close()
    return pickle.loads(body)  # ok: the exception leaves the function
