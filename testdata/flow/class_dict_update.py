# self.__dict__.update sets fields.
import pickle

import requests


class Box:
    def __init__(self, **fields):
        self.__dict__.update(fields)

    def value(self):
        return pickle.loads(self.body)  # want PKL101


def restore(url):
    return Box(body=requests.get(url, timeout=10).content).value()
