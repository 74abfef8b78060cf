# A function inside a function, called there.
import pickle

import requests


def restore(url):
    def download():
        return requests.get(url, timeout=10).content  # source net

    def decode(data):
        return pickle.loads(data)  # want error PKL101 from net

    return decode(download())
