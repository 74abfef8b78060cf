# threading.Timer calls its function later.
import pickle
import threading

import requests


def _decode(body):
    print(pickle.loads(body))  # want PKL101 from net


def restore(url):
    threading.Timer(5.0, _decode, args=[requests.get(url, timeout=10).content]).start()  # source net
