# dict.get with a constant key and a default.
import pickle

import requests


def restore(url):
    parts = {"body": requests.get(url, timeout=10).content}  # source net
    return pickle.loads(parts.get("body", b"\x80\x04N."))  # want PKL101 from net


def restore_default(url):
    parts = {"body": requests.get(url, timeout=10).content, "fixed": b"\x80\x04N."}
    return pickle.loads(parts.get("fixed"))  # ok: the literal key
