# Two functions share a file by a constant path.
import pickle

import requests

CACHE = "cache/state.pkl"


def refresh(url):
    body = requests.get(url, timeout=10).content  # source net
    with open(CACHE, "wb") as out:
        out.write(body)


def current():
    with open(CACHE, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
