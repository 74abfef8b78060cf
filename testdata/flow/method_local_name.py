# The hot-loop idiom: a method bound to a local name before the loop.
import pickle

import requests


def restore(urls):
    out = []
    add, load = out.append, pickle.loads
    for url in urls:
        add(load(requests.get(url, timeout=10).content))  # want PKL101 from=network-response
    return out
