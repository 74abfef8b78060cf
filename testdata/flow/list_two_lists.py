# Two lists: only one was filled from the network.
import pickle

import requests


def restore(url):
    mine, theirs = [], []
    mine.append(b"\x80\x04N.")
    theirs.append(requests.get(url, timeout=10).content)  # source net
    first = pickle.loads(mine[0])  # ok: the other list
    second = pickle.loads(theirs[0])  # want PKL101 from net
    return first, second
