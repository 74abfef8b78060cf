# An own function under another name, chosen by a condition.
import json
import pickle
import sys

import requests


def _decode_pickle(body):
    return pickle.loads(body)  # want PKL101 from net


def _decode_json(body):
    return json.loads(body)


decode = _decode_pickle if sys.platform == "linux" else _decode_json


def restore(url):
    return decode(requests.get(url, timeout=10).content)  # source net
