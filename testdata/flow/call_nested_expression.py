# Source, two wrappers and sink in one expression.
import base64
import pickle
import zlib

import requests


def restore(url):
    return pickle.loads(zlib.decompress(base64.b64decode(requests.get(url, timeout=9).text)))  # want error PKL101 from=network-response
