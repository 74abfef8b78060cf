# A size or a magic number says nothing about who wrote the bytes.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if len(body) != 4096 or not body.startswith(b"\x80\x04"):
        raise ValueError("bad file")
    return pickle.loads(body)  # want error PKL101 from net
