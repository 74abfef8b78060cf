# Bytes written into a BytesIO can be read back.
import io
import pickle

import requests


def restore(url):
    stream = io.BytesIO()
    stream.write(requests.get(url, timeout=10).content)  # source net
    stream.seek(0)
    return pickle.load(stream)  # want error PKL101 from net


def restore_getvalue(url):
    stream = io.BytesIO()
    stream.write(requests.get(url, timeout=10).content)  # source net2
    return pickle.loads(stream.getvalue())  # want error PKL101 from net2
