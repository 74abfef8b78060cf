# The loop variable of a comprehension does not leak.
import pickle

import requests


def restore(url):
    body = b"\x80\x04N."
    sizes = [len(body) for body in [requests.get(url, timeout=10).content]]
    return pickle.loads(body), sizes  # ok: the outer body is the literal
