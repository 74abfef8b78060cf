# A recursive function passes the data on.
import pickle

import requests


def _strip(data):
    if data.startswith(b"#"):
        return _strip(data[1:])
    return data


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(_strip(body))  # want error PKL101 from net
