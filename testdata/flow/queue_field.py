# A queue in a field, filled by one method and read by another.
import pickle
import queue

import requests


class Worker:
    def __init__(self):
        self.inbox = queue.Queue()

    def submit(self, url):
        self.inbox.put(requests.get(url, timeout=10).content)  # source net

    def run(self):
        return pickle.loads(self.inbox.get())  # want error PKL101 from net
