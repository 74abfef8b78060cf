# A queue between two functions.
import pickle
import queue

import requests

INBOX = queue.Queue()


def produce(url):
    INBOX.put(requests.get(url, timeout=10).content)  # source net


def consume():
    while True:
        body = INBOX.get()
        print(pickle.loads(body))  # want PKL101 from net
