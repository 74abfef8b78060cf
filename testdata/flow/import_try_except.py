# The common fallback import: both branches bind a module with the same sink.
try:
    import cPickle as pickle
except ImportError:
    import pickle

import requests


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
