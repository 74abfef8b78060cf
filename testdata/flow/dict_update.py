# update and setdefault put values in.
import pickle

import requests


def restore(url):
    parts = {}
    parts.update(body=requests.get(url, timeout=10).content)  # source net
    return pickle.loads(parts["body"])  # want PKL101 from net


def restore_setdefault(url):
    parts = {}
    body = parts.setdefault("body", requests.get(url, timeout=10).content)  # source net2
    return pickle.loads(body)  # want PKL101 from net2
