# A list comprehension over tainted elements.
import pickle

import requests


def restore(url):
    parts = requests.get(url, timeout=10).content.split(b"\n--\n")  # source net
    return [pickle.loads(part) for part in parts if part]  # want PKL101 from net
