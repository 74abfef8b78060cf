# A mismatch ends the program.
import hashlib
import pickle
import sys

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        sys.exit("bad digest")
    return pickle.loads(body)  # ok: sys.exit does not come back
