# Written to a path held in a variable, loaded from the same variable.
import pickle

import requests


def restore(url, path):
    with open(path, "wb") as out:
        out.write(requests.get(url, timeout=10).content)  # source net
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
