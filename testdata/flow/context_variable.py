# A ContextVar is set in one function and read in another.
import contextvars
import pickle

import requests

_body = contextvars.ContextVar("body")


def refresh(url):
    _body.set(requests.get(url, timeout=10).content)


def current():
    return pickle.loads(_body.get())  # want PKL101
