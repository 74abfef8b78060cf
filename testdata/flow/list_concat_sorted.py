# `+`, sorted, reversed and list() give lists of the same elements.
import pickle

import requests


def restore(url):
    parts = [b"\x80\x04N."] + [requests.get(url, timeout=10).content]  # source net
    out = []
    for part in reversed(sorted(list(parts))):
        out.append(pickle.loads(part))  # want PKL101 from net
    return out
