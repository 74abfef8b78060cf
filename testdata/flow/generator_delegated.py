# `yield from` passes on the values of another generator.
import pickle

import requests


def one(url):
    yield requests.get(url, timeout=10).content  # source net


def many(urls):
    for url in urls:
        yield from one(url)


def restore(urls):
    for page in many(urls):
        print(pickle.loads(page))  # want PKL101 from net
