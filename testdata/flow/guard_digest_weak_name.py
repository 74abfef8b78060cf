# hashlib.new("md5") is MD5.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.new("md5", body).hexdigest() != "5d41402abc4b2a76b9719d911017c592":
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101 from net
