# `break` and `else` of a loop.
import pickle

import requests


def restore(urls):
    for url in urls:
        response = requests.get(url, timeout=10)  # source net
        if response.ok:
            body = response.content
            break
    else:
        body = b"\x80\x04N."
    return pickle.loads(body)  # want error PKL101 from net
