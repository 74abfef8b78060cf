# A generator yields tainted values.
import pickle

import requests


def pages(urls):
    for url in urls:
        yield requests.get(url, timeout=10).content  # source net


def restore(urls):
    return [pickle.loads(page) for page in pages(urls)]  # want PKL101 from net
