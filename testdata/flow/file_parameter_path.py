# The caller names the file, the helper fills it.
import pickle

import requests


def download(url, target):
    with open(target, "wb") as out:
        out.write(requests.get(url, timeout=10).content)  # source net


def restore(url):
    target = "/tmp/state.pkl"
    download(url, target)
    with open(target, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
