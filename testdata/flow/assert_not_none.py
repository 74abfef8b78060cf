# Checking that data is present is no check of its content.
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    body = response.content
    assert body is not None
    if response.status_code != 200 or not body or len(body) > 1 << 20:
        raise ValueError("bad reply")
    return pickle.loads(body)  # want error PKL101 from net
