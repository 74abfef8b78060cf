# A nested function loads a variable of the enclosing one.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net

    def decode():
        return pickle.loads(body)  # want PKL101 from net

    return decode()
