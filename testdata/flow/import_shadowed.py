# A later binding of the name hides the import.
import json
import pickle

import requests

pickle = json


def fetch(url):
    body = requests.get(url, timeout=10).content
    return pickle.loads(body)  # ok: the name is json now
