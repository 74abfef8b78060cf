# JSON first, pickle when that fails.
import json
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    try:
        return json.loads(body)
    except ValueError:
        return pickle.loads(body)  # want error PKL101 from net
