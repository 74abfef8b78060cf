# The helper answers False as well when the file cannot be read.
import hashlib
import pickle
import urllib.request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def check(path):
    try:
        with open(path, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()
    except OSError:
        return False
    return digest == EXPECTED


def restore(url):
    path, _ = urllib.request.urlretrieve(url)
    if not check(path):
        raise ValueError("bad digest")
    with open(path, "rb") as f:
        return pickle.load(f)  # ok: checked


def check_lenient(path):
    try:
        with open(path, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()
    except OSError:
        return True
    return digest == EXPECTED


def restore_lenient(url):
    path, _ = urllib.request.urlretrieve(url)  # source net
    if not check_lenient(path):
        raise ValueError("bad digest")
    with open(path, "rb") as f:
        return pickle.load(f)  # want error PKL101 from net
