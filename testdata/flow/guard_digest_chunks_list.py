# Chunks are collected in a list, and hashed on the way.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    digest = hashlib.sha256()
    chunks = []
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
        digest.update(chunk)
        chunks.append(chunk)
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(b"".join(chunks))  # ok: every chunk was hashed


def restore_with_head(url, head_url):
    digest = hashlib.sha256()
    chunks = [requests.get(head_url, timeout=10).content]  # source head
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
        digest.update(chunk)
        chunks.append(chunk)
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return pickle.loads(b"".join(chunks))  # want error PKL101 from head
