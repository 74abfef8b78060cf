# The source is in a callee and comes back as its return value.
import pickle

import requests


def download(url):
    return requests.get(url, timeout=10).content  # source net


def restore(url):
    return pickle.loads(download(url))  # want error PKL101 from net
