# The sink itself is passed as a function; the finding is where it is called.
import pickle

import requests


def apply(decode, body):
    return decode(body)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return apply(pickle.loads, body)
