# `del` of one name leaves the other.
import pickle
import pickle as codec

import requests

del pickle


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return codec.loads(body)  # want PKL101 from net
