# The branch with the download ends in raise.
import pickle

import requests


def restore(url, strict):
    body = b"\x80\x04N."
    if strict:
        body = requests.get(url, timeout=10).content
        raise ValueError(body)
    return pickle.loads(body)  # ok: the download never gets here
