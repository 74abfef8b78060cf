# The file is checked, overwritten by a second download, and loaded.
import hashlib
import pickle
import urllib.request
from pathlib import Path

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    path = Path("cache/model.pkl")
    urllib.request.urlretrieve(url, path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    urllib.request.urlretrieve(url, path)  # source again
    return pickle.loads(path.read_bytes())  # want error PKL101 from=network-response  # want error PKL101 from again
