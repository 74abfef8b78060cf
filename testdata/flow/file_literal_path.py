# The same literal twice, without a constant.
import pickle

import requests


def refresh(url):
    body = requests.get(url, timeout=10).content  # source net
    with open("cache/state.pkl", "wb") as out:
        out.write(body)


def current():
    with open("cache/state.pkl", "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net


def other():
    with open("cache/other.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: another file
