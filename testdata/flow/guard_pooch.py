# pooch.retrieve checks known_hash; None means no check.
import pickle

import pooch

URL = "https://example.com/model.pkl"
DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore():
    path = pooch.retrieve(URL, known_hash=DIGEST)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: the digest is given


def restore_unchecked():
    path = pooch.retrieve(URL, known_hash=None)  # source net
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
