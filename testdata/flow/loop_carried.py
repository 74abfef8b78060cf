# What a round of a loop leaves behind, the next ones carry further.
import pickle

import requests


def two_rounds(url):
    older = newer = None
    for _ in range(9):
        older = newer
        newer = requests.get(url).content  # source two
    return pickle.loads(older)  # want error PKL101 from two


def three_rounds(url):
    first = requests.get(url).content  # source three
    a = b = c = None
    while url:
        c = b
        b = a
        a = first
    return pickle.loads(c)  # want error PKL101 from three


def inner(groups):
    for group in groups:
        for item in group:
            for url in item.urls:
                last = kept = None
                while item.more():
                    kept = last
                    last = requests.get(url).content  # source deep
                pickle.loads(kept)  # want error PKL101 from deep


def own(names):
    older = newer = b""
    for name in names:
        older = newer
        newer = b"literal"
    return pickle.loads(older)  # ok: literals only


def rebound(url):
    data = requests.get(url).content
    for _ in range(9):
        data = b"literal"
        pickle.loads(data)  # ok: set before in each round
