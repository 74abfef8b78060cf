# A dict in a dict.
import pickle

import requests


def restore(url):
    reply = {"meta": {"fixed": b"\x80\x04N."}, "data": {"body": requests.get(url, timeout=10).content}}  # source net
    first = pickle.loads(reply["meta"]["fixed"])  # ok: the literal
    second = pickle.loads(reply["data"]["body"])  # want PKL101 from net
    return first, second
