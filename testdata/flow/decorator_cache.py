# functools.lru_cache leaves the function what it is.
import functools
import pickle

import requests


@functools.lru_cache(maxsize=8)
def download(url):
    return requests.get(url, timeout=10).content  # source net


@functools.cache
def restore(url):
    return pickle.loads(download(url))  # want PKL101 from net
