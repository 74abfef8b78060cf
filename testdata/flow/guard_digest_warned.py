# A warning does not stop anybody.
import hashlib
import pickle
import warnings

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        warnings.warn(f"digest of {url} is not {EXPECTED}", stacklevel=2)
    return pickle.loads(body)  # want error PKL101 from net
