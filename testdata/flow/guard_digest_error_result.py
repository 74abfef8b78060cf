# A helper gives a message when something is wrong, and None otherwise.
import hashlib
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def problem_of(data):
    if len(data) < 16:
        return "too short"
    if hashlib.sha256(data).hexdigest() != EXPECTED:
        return "bad digest"
    return None


def restore(url):
    body = requests.get(url, timeout=10).content
    problem = problem_of(body)
    if problem:
        raise ValueError(problem)
    return pickle.loads(body)  # ok: no problem was found


def restore_checked_for_none(url):
    body = requests.get(url, timeout=10).content
    if problem_of(body) is not None:
        return {}
    return pickle.loads(body)  # ok: None means that the digest fits


def restore_wrong_way(url):
    body = requests.get(url, timeout=10).content  # source net
    if problem_of(body) is None:
        return {}
    return pickle.loads(body)  # want error PKL101 from net
