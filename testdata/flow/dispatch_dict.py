# A table of decoders, looked up with an unknown key.
import json
import pickle

import requests


def _decode_json(body):
    return json.loads(body)  # ok: json


def _decode_pickle(body):
    return pickle.loads(body)  # want PKL101 from net


DECODERS = {"application/json": _decode_json, "application/x-pickle": _decode_pickle}


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    return DECODERS[response.headers["Content-Type"]](response.content)
