# Two objects of one class: only one holds the download.
import pickle

import requests


class Blob:
    def __init__(self, data):
        self.data = data


def restore(url):
    mine = Blob(b"\x80\x04N.")
    theirs = Blob(requests.get(url, timeout=10).content)  # source net
    first = pickle.loads(mine.data)  # ok: built from a literal
    second = pickle.loads(theirs.data)  # want error PKL101 from net
    return first, second
