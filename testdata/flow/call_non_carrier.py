# len, hash, int and comparisons give nothing an attacker could load.
import pickle

import requests

TABLE = [b"\x80\x04N.", b"\x80\x04\x88."]


def restore(url):
    body = requests.get(url, timeout=10).content
    return pickle.loads(TABLE[len(body) % 2])  # ok: the table is our own
