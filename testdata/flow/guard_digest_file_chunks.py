# A helper computes the digest of a file chunk by chunk.
import hashlib
import pickle
import urllib.request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for chunk in iter(lambda: handle.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def restore(url):
    path = "cache/model.pkl"
    urllib.request.urlretrieve(url, path)
    if sha256_of(path) != EXPECTED:
        raise ValueError("bad digest")
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: the file was checked
