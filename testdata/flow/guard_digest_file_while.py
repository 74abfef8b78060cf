# The same loop with while and a walrus, and a helper that raises.
import hashlib
import pickle
import urllib.request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def verify(path, expected):
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        while chunk := handle.read(8192):
            digest.update(chunk)
    if digest.hexdigest() != expected:
        raise ValueError(f"bad digest of {path}")


def restore(url):
    path = "cache/model.pkl"
    urllib.request.urlretrieve(url, path)
    verify(path, EXPECTED)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: verify() raises
