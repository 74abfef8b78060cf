# append puts an element in, join brings the elements together.
import pickle

import requests


def restore(url):
    chunks = []
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):  # source net
        chunks.append(chunk)
    return pickle.loads(b"".join(chunks))  # want error PKL101 from net
