# The digest comes with the response, so it says nothing of who sent it.
import hashlib
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    if hashlib.sha256(response.content).hexdigest() != response.headers["X-Checksum-Sha256"]:
        raise ValueError("bad digest")
    return pickle.loads(response.content)  # want error PKL101 from net
