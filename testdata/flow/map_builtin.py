# map calls the sink with each element.
import pickle

import requests


def restore(url):
    bodies = [requests.get(url, timeout=10).content]  # source net
    return list(map(pickle.loads, bodies))  # want PKL101 from net
