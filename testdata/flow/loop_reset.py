# The variable is overwritten at the start of every round.
import pickle

import requests


def restore(urls):
    values = []
    for url in urls:
        body = b"\x80\x04N."
        values.append(pickle.loads(body))  # ok: overwritten in this round
        body = requests.get(url, timeout=10).content
        print(len(body))
    return values
