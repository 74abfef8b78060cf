# Constant indices of a list display are told apart.
import pickle

import requests


def restore(url):
    parts = [b"\x80\x04N.", requests.get(url, timeout=10).content]  # source net
    first = pickle.loads(parts[0])  # ok: the literal
    second = pickle.loads(parts[1])  # want PKL101 from net
    return first, second
