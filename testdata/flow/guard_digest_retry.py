# A retry loop ends only when the digest is right.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    while True:
        body = requests.get(url, timeout=10).content
        if hashlib.sha256(body).hexdigest() == EXPECTED:
            break
    return pickle.loads(body)  # ok: the loop ends with the right digest


def restore_all(urls):
    out = []
    for url in urls:
        body = requests.get(url, timeout=10).content
        if hashlib.sha256(body).hexdigest() != EXPECTED:
            continue
        out.append(pickle.loads(body))  # ok: others were skipped
    return out
