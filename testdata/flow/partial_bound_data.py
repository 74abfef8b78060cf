# partial binds the data and is called later without arguments.
import functools
import pickle

import requests


def _decode(body, encoding):
    return pickle.loads(body, encoding=encoding)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    later = functools.partial(_decode, body, encoding="latin-1")
    return later()
