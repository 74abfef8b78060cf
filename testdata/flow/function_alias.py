# A function under another name.
import pickle

import requests

decode = pickle.loads
read = decode


def restore(url):
    return read(requests.get(url, timeout=10).content)  # want PKL101 from=network-response
