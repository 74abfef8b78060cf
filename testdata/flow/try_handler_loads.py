# The handler loads what the body had assigned before the exception.
import json
import pickle

import requests


def restore(url):
    body = b""
    try:
        body = requests.get(url, timeout=10).content  # source net
        return json.loads(body)
    except ValueError:
        return pickle.loads(body)  # want error PKL101 from net
