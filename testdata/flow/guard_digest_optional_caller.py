# What passes only an optional check was checked where there is something to check against: lower, and the message says so.
import hashlib
import pickle

import requests
import torch

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
KNOWN = {"state.pkl": EXPECTED}


def and_raise(url, sha256=None):
    body = requests.get(url, timeout=10).content
    if sha256 is not None and hashlib.sha256(body).hexdigest() != sha256:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101


def nested(url, sha256=""):
    body = requests.get(url, timeout=10).content
    if sha256:
        _check(body, sha256)
    return pickle.loads(body)  # want warning PKL101


def or_equal(url, sha256=None):
    body = requests.get(url, timeout=10).content
    if not sha256 or hashlib.sha256(body).hexdigest() == sha256:
        return pickle.loads(body)  # want warning PKL101
    raise ValueError("bad digest")


def from_table(url, name):
    body = requests.get(url + name, timeout=10).content
    expected = KNOWN.get(name)
    if expected is not None and hashlib.sha256(body).hexdigest() != expected:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101


def in_table(url, name):
    body = requests.get(url + name, timeout=10).content
    if name in KNOWN and hashlib.sha256(body).hexdigest() != KNOWN[name]:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want warning PKL101


def by_switch(url, verify=True):
    body = requests.get(url, timeout=10).content
    if verify:
        _check(body, EXPECTED)
    return pickle.loads(body)  # want warning PKL101


def by_switch_off(url, verify=False):
    body = requests.get(url, timeout=10).content
    if verify:
        _check(body, EXPECTED)
    return pickle.loads(body)  # want error PKL101


def of_another(url, sha256, length=None):
    body = requests.get(url, timeout=10).content
    if length is not None and hashlib.sha256(body).hexdigest() != sha256:
        raise ValueError("bad digest")
    return pickle.loads(body)  # want error PKL101


def sent_along(url):
    response = requests.get(url, timeout=10)
    digest = response.headers.get("x-digest")
    if digest and hashlib.sha256(response.content).hexdigest() != digest:
        raise ValueError("bad digest")
    return pickle.loads(response.content)  # want error PKL101


def _check(body, sha256):
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ValueError("bad digest")


def _download(url, path, sha256=None):
    with open(path, "wb") as file:
        file.write(requests.get(url, timeout=10).content)
    if sha256 is None:
        return path
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(8192), b""):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ValueError("bad digest")
    return path


def passed_on(url, path, sha256=None):
    return torch.load(_download(url, path, sha256), weights_only=False)  # want warning PKL201


def given(url, path):
    return torch.load(_download(url, path, EXPECTED), weights_only=False)  # want note PKL901


def left_out(url, path):
    return torch.load(_download(url, path), weights_only=False)  # want error PKL201
