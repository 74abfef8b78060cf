# A module bound to another name by assignment is still that module.
import pickle

import requests

codec = pickle


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return codec.loads(body)  # want error PKL101 from net
