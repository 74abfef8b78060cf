# A BytesIO over literal bytes is clean, whatever else is downloaded.
import io
import pickle

import requests


def restore(url):
    stream = io.BytesIO(b"\x80\x04N.")
    other = io.BytesIO(requests.get(url, timeout=10).content)
    return pickle.load(stream), other.getvalue()  # ok: the literal stream
