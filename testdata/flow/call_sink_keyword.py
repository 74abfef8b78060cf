# The sink's own argument by keyword.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).raw  # source net
    return pickle.load(file=body)  # want error PKL101 from net
