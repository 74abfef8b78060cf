# A verified-download class: the constructor takes the digest, fetch checks it.
import hashlib
import pickle

import requests


class Artifact:
    def __init__(self, url, sha256):
        self.url = url
        self.sha256 = sha256

    def fetch(self):
        body = requests.get(self.url, timeout=10).content
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise ValueError(f"bad digest of {self.url}")
        return body


STATE = Artifact(
    "https://example.com/state",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)


def restore():
    return pickle.loads(STATE.fetch())  # ok: the digest is in the source
