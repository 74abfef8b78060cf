# importlib.import_module with a constant name is an import.
import importlib

import requests

codec = importlib.import_module("pickle")


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return codec.loads(body)  # want PKL101 from net


def fetch_json(url):
    decoder = importlib.import_module("json")
    return decoder.loads(requests.get(url, timeout=10).content)  # ok: json
