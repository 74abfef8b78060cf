# The target is a bound method of an object that holds the data.
import pickle
import threading

import requests


class Job:
    def __init__(self, body):
        self.body = body
        self.value = None

    def run(self):
        self.value = pickle.loads(self.body)  # want PKL101 from net


def restore(url):
    job = Job(requests.get(url, timeout=10).content)  # source net
    worker = threading.Thread(target=job.run)
    worker.start()
    worker.join()
    return job.value
