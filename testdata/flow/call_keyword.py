# Arguments by keyword, in another order than the parameters.
import pickle

import requests


def _decode(name, data):
    print(name)
    return pickle.loads(data)  # want error PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(data=body, name="model")
