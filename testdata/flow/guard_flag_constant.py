# A module constant decides; it is False and nobody changes it.
import json
import pickle

import requests

ALLOW_PICKLE = False


def restore(url):
    body = requests.get(url, timeout=10).content
    if ALLOW_PICKLE:
        return pickle.loads(body)  # ok: never runs
    return json.loads(body)
