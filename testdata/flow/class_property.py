# Reading a property calls a method.
import pickle

import requests


class Reply:
    def __init__(self, url):
        self.url = url

    @property
    def body(self):
        return requests.get(self.url, timeout=10).content  # source net


def restore(url):
    reply = Reply(url)
    return pickle.loads(reply.body)  # want PKL101 from net
