# The digest is computed and printed, not compared.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    digest = hashlib.sha256(body).hexdigest()
    print("digest", digest)
    if not digest:
        raise ValueError("no digest")
    return pickle.loads(body)  # want error PKL101 from net
