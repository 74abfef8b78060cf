# A helper is told the algorithm; a digest of which only the beginning is compared.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _digest(data, algorithm="sha256"):
    digest = hashlib.new(algorithm)
    digest.update(data)
    return digest.hexdigest()


def default(url):
    body = requests.get(url, timeout=10).content
    if _digest(body) != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: sha256


def broken(url):
    body = requests.get(url, timeout=10).content
    if _digest(body, "md5") != "9f86d081884c7d659a2feaa0c55ad015":
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101


def beginning(url):
    body = requests.get(url, timeout=10).content
    if not hashlib.sha256(body).hexdigest().startswith("9f86d081"):
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101
