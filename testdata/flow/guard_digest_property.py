# Whether the artefact is good is a property of its object.
import hashlib
import pickle

import requests


class Artifact:
    def __init__(self, url, sha256):
        self.body = requests.get(url, timeout=10).content
        self.sha256 = sha256

    @property
    def is_valid(self):
        return hashlib.sha256(self.body).hexdigest() == self.sha256

    def load(self):
        if not self.is_valid:
            raise ValueError("bad digest")
        return pickle.loads(self.body)  # ok: the property is asked


def restore(url):
    return Artifact(url, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08").load()
