# json.loads calls the hook with each object of the text.
import base64
import json
import pickle

import requests


def _hook(item):
    if "__pickle__" in item:
        return pickle.loads(base64.b64decode(item["__pickle__"]))  # want PKL101 from net
    return item


def restore(url):
    return json.loads(requests.get(url, timeout=10).text, object_hook=_hook)  # source net
