# MD5 and SHA-1 can be forged: the finding stays, one level lower.
import hashlib
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.md5(body).hexdigest() != "5d41402abc4b2a76b9719d911017c592":
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101 from net


def restore_sha1(url):
    body = requests.get(url, timeout=10).content  # source net2
    if hashlib.sha1(body).hexdigest() != "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d":
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101 from net2
