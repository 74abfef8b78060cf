# Methods that return self, called in a chain.
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
    return Job().attach(requests.get(url, timeout=10).content).run()  # source net
