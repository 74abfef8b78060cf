# A set of bodies.
import pickle

import requests


def restore(url):
    bodies = set()
    bodies.add(requests.get(url, timeout=10).content)  # source net
    return [pickle.loads(body) for body in bodies]  # want PKL101 from net
