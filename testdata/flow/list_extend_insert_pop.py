# extend, insert and pop.
import pickle

import requests


def restore(url):
    parts = []
    parts.extend([requests.get(url, timeout=10).content])  # source net
    return pickle.loads(parts.pop())  # want PKL101 from net


def restore_inserted(url):
    parts = []
    parts.insert(0, requests.get(url, timeout=10).content)  # source net2
    return pickle.loads(parts[0])  # want PKL101 from net2
