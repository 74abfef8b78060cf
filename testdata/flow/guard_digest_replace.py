# Downloaded under another name, checked, and then put in its place.
# notes: ignored
import hashlib
import os

import requests
import torch

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def fetch(url, path):
    partial = path + ".part"
    digest = hashlib.sha256()
    with requests.get(url, stream=True, timeout=10) as response, open(partial, "wb") as out:
        for chunk in response.iter_content(chunk_size=1 << 20):
            out.write(chunk)
            digest.update(chunk)
    if digest.hexdigest() != EXPECTED:
        os.remove(partial)
        raise RuntimeError(f"bad digest of {url}")
    os.replace(partial, path)


def restore(url):
    fetch(url, "weights.pt")
    return torch.load("weights.pt", weights_only=False)  # ok: only what fits gets there


def fetch_unchecked(url, path):
    partial = path + ".part"
    with requests.get(url, stream=True, timeout=10) as response, open(partial, "wb") as out:  # source stream
        for chunk in response.iter_content(chunk_size=1 << 20):
            out.write(chunk)
    os.replace(partial, path)


def restore_unchecked(url):
    fetch_unchecked(url, "other.pt")
    return torch.load("other.pt", weights_only=False)  # want error PKL201 from stream
