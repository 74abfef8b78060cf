# enumerate and zip give the elements again.
import pickle

import requests


def restore(urls):
    bodies = [requests.get(url, timeout=10).content for url in urls]  # source net
    out = []
    for index, body in enumerate(bodies):
        out.append((index, pickle.loads(body)))  # want PKL101 from net
    for name, body in zip(["a", "b"], bodies):
        out.append((name, pickle.loads(body)))  # want PKL101 from net
    return out
