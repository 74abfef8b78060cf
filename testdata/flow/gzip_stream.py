# A compressed stream over a tainted stream.
import gzip
import io
import pickle

import requests


def restore(url):
    raw = io.BytesIO(requests.get(url, timeout=10).content)  # source net
    with gzip.GzipFile(fileobj=raw) as stream:
        return pickle.load(stream)  # want error PKL101 from net


def restore_open(url):
    raw = io.BytesIO(requests.get(url, timeout=10).content)  # source net2
    with gzip.open(raw, "rb") as stream:
        return pickle.load(stream)  # want error PKL101 from net2
