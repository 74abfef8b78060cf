# What is computed from checked bytes is as good as they are.
import hashlib
import io
import pickle
import zlib

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    plain = zlib.decompress(body)
    first = pickle.loads(plain)  # ok: made from checked bytes
    second = pickle.load(io.BytesIO(body))  # ok: a stream of checked bytes
    return first, second
