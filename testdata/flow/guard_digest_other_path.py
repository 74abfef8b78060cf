# One file is checked, the other one is loaded.
import hashlib
import urllib.request
from pathlib import Path

import joblib

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    urllib.request.urlretrieve(url + "/index", "index.json")
    urllib.request.urlretrieve(url + "/model", "model.joblib")  # source model
    if hashlib.sha256(Path("index.json").read_bytes()).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return joblib.load("model.joblib")  # want error PKL103 from model
