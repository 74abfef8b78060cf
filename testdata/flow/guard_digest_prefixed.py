# Digests with the name of the algorithm in front, as in manifests.
import hashlib
import pickle

import requests

EXPECTED = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    algorithm, expected = EXPECTED.split(":", 1)
    if hashlib.new(algorithm, body).hexdigest() != expected:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: checked


def restore_formatted(url):
    body = requests.get(url, timeout=10).content
    if f"sha256:{hashlib.sha256(body).hexdigest()}" != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: checked
