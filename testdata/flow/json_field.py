# A base64 field of a JSON reply.
import base64
import json
import pickle

import requests


def restore(url):
    message = json.loads(requests.get(url, timeout=10).text)  # source net
    return pickle.loads(base64.b64decode(message["state"]))  # want error PKL101 from net


def restore_json(url):
    message = requests.get(url, timeout=10).json()  # source net2
    return pickle.loads(base64.b64decode(message["items"][0]["state"]))  # want error PKL101 from net2
