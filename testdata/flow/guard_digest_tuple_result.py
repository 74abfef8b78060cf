# A helper gives whether the data is good, and why not.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def verify(data):
    digest = hashlib.sha256(data).hexdigest()
    if digest != EXPECTED:
        return False, f"expected {EXPECTED}, got {digest}"
    return True, ""


def restore(url):
    body = requests.get(url, timeout=10).content
    ok, reason = verify(body)
    if not ok:
        raise ValueError(reason)
    return pickle.loads(body)  # ok: the first part of the answer is asked


def restore_first(url):
    body = requests.get(url, timeout=10).content
    if verify(body)[0]:
        return pickle.loads(body)  # ok: the same by index
    return None


def restore_reason_only(url):
    body = requests.get(url, timeout=10).content  # source net
    _, reason = verify(body)
    print(reason)
    return pickle.loads(body)  # want error PKL101 from net
