# A response used as a context manager.
import pickle

import requests


def restore(url):
    with requests.get(url, timeout=10, stream=True) as response:  # source net
        return pickle.load(response.raw)  # want error PKL101 from net
