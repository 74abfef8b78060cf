# A coroutine-style generator gets values by send.
import pickle

import requests


def decoder():
    value = None
    while True:
        body = yield value
        value = pickle.loads(body)  # want PKL101


def restore(url):
    machine = decoder()
    next(machine)
    return machine.send(requests.get(url, timeout=10).content)
