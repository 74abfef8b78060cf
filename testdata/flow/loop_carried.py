# The value of the previous round is loaded.
import pickle

import requests


def restore(urls):
    previous = b"\x80\x04N."
    values = []
    for url in urls:
        values.append(pickle.loads(previous))  # want error PKL101 from net
        previous = requests.get(url, timeout=10).content  # source net
    return values
