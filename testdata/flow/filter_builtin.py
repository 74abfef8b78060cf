# filter gives the same elements.
import pickle

import requests


def restore(url):
    parts = requests.get(url, timeout=10).content.split(b"\0")  # source net
    return [pickle.loads(part) for part in filter(None, parts)]  # want PKL101 from net
