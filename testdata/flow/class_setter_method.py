# A setter method stores, another method loads, both called from outside.
import pickle

import requests


class Job:
    def __init__(self):
        self.payload = None

    def attach(self, payload):
        self.payload = payload
        return self

    def run(self):
        return pickle.loads(self.payload)  # want PKL101 from net


def restore(url):
    job = Job()
    job.attach(requests.get(url, timeout=10).content)  # source net
    return job.run()
