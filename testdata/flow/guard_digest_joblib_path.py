# The path is checked, and joblib gets the same path.
import hashlib
import urllib.request

import joblib

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def digest_of(path):
    with open(path, "rb") as handle:
        return hashlib.sha256(handle.read()).hexdigest()


def restore(url):
    urllib.request.urlretrieve(url, "model.joblib")
    if digest_of("model.joblib") != EXPECTED:
        raise ValueError("bad digest")
    return joblib.load("model.joblib")  # ok: the file was checked
