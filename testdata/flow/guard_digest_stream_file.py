# The digest is computed while the chunks are written to a file.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url, path="cache/model.pkl"):
    digest = hashlib.sha256()
    with open(path, "wb") as out:
        for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: checked
