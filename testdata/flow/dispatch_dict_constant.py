# A table of decoders, looked up with a constant key: the JSON one.
# notes: ignored
import json
import pickle

import requests


def _decode_json(body):
    return json.loads(body)


def _decode_pickle(body):
    return pickle.loads(body)  # ok: the other key


DECODERS = {"json": _decode_json, "pickle": _decode_pickle}


def restore(url):
    return DECODERS["json"](requests.get(url, timeout=10).content)
