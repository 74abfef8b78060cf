# Both functions build the path from the same constants.
import os
import pickle

import requests

CACHE = "cache"


def refresh(url):
    body = requests.get(url, timeout=10).content  # source net
    with open(os.path.join(CACHE, "state.pkl"), "wb") as out:
        out.write(body)


def current():
    with open(os.path.join(CACHE, "state.pkl"), "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
