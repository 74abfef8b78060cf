# A comparison gives a bool, which carries no data.
import pickle

import requests

VALUES = {True: b"\x80\x04\x88.", False: b"\x80\x04N."}


def restore(url):
    body = requests.get(url, timeout=10).content
    return pickle.loads(VALUES[body == b"yes"])  # ok: chosen by a bool among literals
