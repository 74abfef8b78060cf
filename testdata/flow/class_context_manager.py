# `with Own() as x` gives what __enter__ returns.
import pickle

import requests


class Session:
    def __init__(self, url):
        self.url = url

    def __enter__(self):
        return requests.get(self.url, timeout=10)  # source net

    def __exit__(self, *exc):
        return False


def restore(url):
    with Session(url) as reply:
        return pickle.loads(reply.content)  # want PKL101 from net
