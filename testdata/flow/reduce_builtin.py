# functools.reduce joins the elements.
import functools
import operator
import pickle

import requests


def restore(url):
    chunks = requests.get(url, stream=True, timeout=10).iter_content(8192)  # source net
    data = functools.reduce(operator.add, chunks, b"")
    return pickle.loads(data)  # want PKL101 from net
