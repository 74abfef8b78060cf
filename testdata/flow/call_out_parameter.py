# A callee fills an object the caller passes in.
import io
import pickle

import requests


def _download_into(url, buffer):
    response = requests.get(url, stream=True, timeout=10)  # source net
    for chunk in response.iter_content(8192):
        buffer.write(chunk)


def restore(url):
    buffer = io.BytesIO()
    _download_into(url, buffer)
    buffer.seek(0)
    return pickle.load(buffer)  # want error PKL101 from net
