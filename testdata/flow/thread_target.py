# threading.Thread calls its target with args and kwargs.
import pickle
import threading

import requests


def _decode(body, name):
    print(name, pickle.loads(body))  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    worker = threading.Thread(target=_decode, args=(body,), kwargs={"name": "model"})
    worker.start()
    worker.join()
