# A queue and its consumer in one function.
import pickle
import queue

import requests


def restore(url):
    inbox = queue.Queue()
    inbox.put(requests.get(url, timeout=10).content)  # source net
    return pickle.loads(inbox.get(timeout=1))  # want PKL101 from net
