# Digests in other forms: bytes, blake2b, base64.
import base64
import hashlib
import pickle

import requests

B64 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="


def restore_base64(url):
    body = requests.get(url, timeout=10).content
    if base64.b64encode(hashlib.sha256(body).digest()).decode("ascii") != B64:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: checked


def restore_hex(url):
    body = requests.get(url, timeout=10).content
    if hashlib.blake2b(body, digest_size=16).hexdigest() != "cae66941d9efbd404e4d88758ea67670":
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: checked


def restore_subresource(url):
    body = requests.get(url, timeout=10).content
    actual = "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()
    if actual != "sha256-" + B64:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: checked
