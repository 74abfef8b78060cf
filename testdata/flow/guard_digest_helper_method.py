# The helper is a method, the expected digest a class attribute.
import hashlib
import pickle

import requests


class Client:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    def _check(self, data):
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise ValueError("bad digest")

    def fetch(self, url):
        body = requests.get(url, timeout=10).content
        self._check(body)
        return pickle.loads(body)  # ok: _check() raises
