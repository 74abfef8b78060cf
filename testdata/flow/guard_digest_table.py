# The expected digests are a table of our own, looked up by name.
import hashlib
import pickle

import requests

DIGESTS = {
    "small": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "large": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
}


def restore(name):
    body = requests.get(f"https://example.com/{name}", timeout=10).content
    if hashlib.sha256(body).hexdigest() != DIGESTS[name]:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: a digest of our table
