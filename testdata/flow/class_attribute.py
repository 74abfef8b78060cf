# A class attribute, set through the class.
import pickle

import requests


class Shared:
    body = b"\x80\x04N."


def refresh(url):
    Shared.body = requests.get(url, timeout=10).content  # source net


def value():
    return pickle.loads(Shared.body)  # want PKL101 from net
