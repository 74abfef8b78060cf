# Positional-only and keyword-only parameters.
import pickle

import requests


def _decode(data, /, *, strict=True):
    print(strict)
    return pickle.loads(data)  # want error PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(body, strict=False)
