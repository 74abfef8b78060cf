# The usual download to a temporary name, then os.replace.
import os
import pickle

import requests


def download(url, path):
    part = path + ".part"
    with open(part, "wb") as out:
        for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):  # source net
            out.write(chunk)
    os.replace(part, path)


def restore(url):
    path = "cache/state.pkl"
    download(url, path)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
