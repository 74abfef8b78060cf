# A recursive walk over a parsed reply loads the leaves.
import base64
import json
import pickle

import requests


def revive(node):
    if isinstance(node, dict):
        if node.get("__pickle__"):
            return pickle.loads(base64.b64decode(node["data"]))  # want PKL101 from net
        return {key: revive(value) for key, value in node.items()}
    if isinstance(node, list):
        return [revive(value) for value in node]
    return node


def restore(url):
    return revive(json.loads(requests.get(url, timeout=10).text))  # source net
