# A nested function writes a variable of the enclosing one.
import pickle

import requests


def restore(url):
    body = b""

    def download():
        nonlocal body
        body = requests.get(url, timeout=10).content  # source net

    download()
    return pickle.loads(body)  # want PKL101 from net
