# A variadic parameter is a tuple.
import pickle

import requests


def _decode_all(*bodies):
    return [pickle.loads(body) for body in bodies]  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode_all(b"\x80\x04N.", body)
