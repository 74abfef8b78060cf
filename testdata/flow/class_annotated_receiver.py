# The receiver's class is known from the annotation of the parameter.
from __future__ import annotations

import pickle

import requests


class Decoder:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


def restore(decoder: Decoder, url: str):
    return decoder.decode(requests.get(url, timeout=10).content)  # source net
