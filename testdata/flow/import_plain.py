# A plain import names the sink by its full dotted name.
import pickle

import requests


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
