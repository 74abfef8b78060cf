# Code after return is never run.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content
    return len(body)
    return pickle.loads(body)  # ok: unreachable
