# The file is checked by its path, then loaded by its path.
import hashlib
import pickle
import urllib.request
from pathlib import Path

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    path = Path("cache/model.pkl")
    urllib.request.urlretrieve(url, path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != EXPECTED:
        path.unlink()
        raise ValueError("bad digest")
    with path.open("rb") as handle:
        return pickle.load(handle)  # ok: the file was checked
