# A file in a temporary directory.
import os
import pickle
import tempfile

import requests


def restore(url):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state.pkl")
        with open(path, "wb") as out:
            out.write(requests.get(url, timeout=10).content)  # source net
        with open(os.path.join(folder, "state.pkl"), "rb") as handle:
            return pickle.load(handle)  # want error PKL101 from net
