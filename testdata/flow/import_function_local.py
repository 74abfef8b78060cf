# Imports inside a function are visible in that function only.
import json


def fetch(url):
    import pickle

    import requests

    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net


def fetch_json(url):
    import json as pickle

    import requests

    body = requests.get(url, timeout=10).content
    return pickle.loads(body)  # ok: here the name is json


def parse(text):
    return json.loads(text)  # ok: json
