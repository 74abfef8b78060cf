# A field annotated as Optional[Own] and set later.
from __future__ import annotations

import pickle
from typing import Optional

import requests


class Decoder:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


class Client:
    decoder: Optional[Decoder] = None

    def setup(self):
        self.decoder = Decoder()

    def fetch(self, url):
        if self.decoder is None:
            self.setup()
        return self.decoder.decode(requests.get(url, timeout=10).content)  # source net
