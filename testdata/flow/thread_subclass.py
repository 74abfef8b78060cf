# A subclass of Thread overrides run.
import pickle
import threading

import requests


class Worker(threading.Thread):
    def __init__(self, body):
        super().__init__(daemon=True)
        self.body = body

    def run(self):
        print(pickle.loads(self.body))  # want PKL101 from net


def restore(url):
    Worker(requests.get(url, timeout=10).content).start()  # source net
