# An unknown key may be the tainted one.
import pickle

import requests


def restore(url, name):
    parts = {"fixed": b"\x80\x04N.", "body": requests.get(url, timeout=10).content}  # source net
    return pickle.loads(parts[name])  # want PKL101 from net
