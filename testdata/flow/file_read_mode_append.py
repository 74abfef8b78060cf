# Appending downloaded bytes to an existing file.
import pickle

import requests


def restore(url):
    with open("log.pkl", "ab") as out:
        out.write(requests.get(url, timeout=10).content)  # source net
    with open("log.pkl", "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
