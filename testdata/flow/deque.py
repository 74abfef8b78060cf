# A deque is filled on one side and emptied on the other.
import collections
import pickle

import requests


def restore(url):
    inbox = collections.deque()
    inbox.append(requests.get(url, timeout=10).content)  # source net
    return pickle.loads(inbox.popleft())  # want PKL101 from net
