"""What a helper checks is, in its caller, a form of other data: all of that is checked, a part is not."""
import base64
import hashlib
import pickle

import requests

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NAMES = ("one", "two")


def check(blob):
    if hashlib.sha256(blob).hexdigest() != DIGEST:
        raise ValueError("altered")


def form(url):
    text = requests.get(url).content
    check(bytes(text))
    return pickle.loads(text)  # ok: bytes() of it is checked


def decoded(url):
    text = requests.get(url).content
    check(base64.b64decode(text))
    return pickle.loads(base64.b64decode(text))  # ok: that is what is checked


def beginning(url):
    text = requests.get(url).content  # source beginning
    check(text[:32])
    return pickle.loads(text)  # want error PKL101 from beginning


def another(url):
    one = requests.get(url).content
    two = requests.get(url + ".2").content  # source two
    check(bytes(one))
    return pickle.loads(two)  # want error PKL101 from two


def known(name):
    if name not in NAMES:
        raise ValueError("unknown")


def not_a_digest(url):
    text = requests.get(url).content  # source text
    known(text.decode().split(":")[0])
    return pickle.loads(text)  # want error PKL101 from text
