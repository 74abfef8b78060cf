"""A module that runs what reads its constants: while it does, neither is done, and no check holds yet. What that tells is
dropped."""
import hashlib
import pickle

import requests

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OTHERS = {}


def check(data):
    if hashlib.sha256(data).hexdigest() != DIGEST:
        raise ValueError("altered")


def check_and_read(data):
    check(data)
    return pickle.loads(data)  # ok: checked


def main():
    data = requests.get("https://example.org/table").content
    check(data)
    check_and_read(data)
    return pickle.loads(data)  # ok: checked


def main_too_late():
    late = requests.get("https://example.org/table").content  # source late
    table = pickle.loads(late)  # want error PKL101 from late
    check(late)
    return table


def main_another():
    one = requests.get("https://example.org/one").content
    two = requests.get("https://example.org/two").content  # source two
    check(one)
    return pickle.loads(two)  # want error PKL101 from two


def even(data, n):
    if n == 0:
        check(data)
        return True
    return odd(data, n - 1)


def odd(data, n):
    check(data)
    return even(data, n - 1)


def main_mutual(n):
    data = requests.get("https://example.org/table").content
    odd(data, n)
    return pickle.loads(data)  # ok: checked


main()
main_too_late()
main_another()
main_mutual(3)
