# A field of threading.local.
import pickle
import threading

import requests

_local = threading.local()


def refresh(url):
    _local.body = requests.get(url, timeout=10).content  # source net


def current():
    return pickle.loads(_local.body)  # want PKL101 from net
