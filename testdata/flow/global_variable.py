# A module global written in one function and read in another.
import pickle

import requests

_body = b""


def refresh(url):
    global _body
    _body = requests.get(url, timeout=10).content  # source net


def current():
    return pickle.loads(_body)  # want PKL101 from net
