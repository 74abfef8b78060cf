# Methods of bytes and str keep the taint.
import pickle

import requests


def restore(url):
    text = requests.get(url, timeout=10).text  # source net
    data = text.strip().partition(":")[2].encode("latin-1").replace(b"\r", b"")
    return pickle.loads(data)  # want error PKL101 from net
