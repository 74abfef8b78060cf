# A wrapper around the sink with *args and **kwargs.
import pickle

import requests


def loads(*args, **kwargs):
    kwargs.setdefault("encoding", "latin-1")
    return pickle.loads(*args, **kwargs)  # want error PKL101 from net


def restore(url):
    return loads(requests.get(url, timeout=10).content)  # source net
