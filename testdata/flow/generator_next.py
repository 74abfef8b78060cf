# next() takes one value of a generator.
import pickle

import requests


def pages(url):
    yield requests.get(url, timeout=10).content  # source net


def restore(url):
    return pickle.loads(next(pages(url)))  # want PKL101 from net
