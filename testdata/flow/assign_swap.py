# Swapping two variables swaps their taint.
import pickle

import requests


def restore(url):
    first = requests.get(url, timeout=10).content  # source net
    second = b"\x80\x04N."
    first, second = second, first
    clean = pickle.loads(first)  # ok: swapped
    return clean, pickle.loads(second)  # want error PKL101 from net
