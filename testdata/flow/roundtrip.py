# loads(dumps(x)): the program made the bytes itself, whatever x is.
import copy
import pickle

import requests


def clone(value):
    return pickle.loads(pickle.dumps(value))  # ok: a round trip


def clone_reply(url):
    reply = requests.get(url, timeout=10).json()
    blob = pickle.dumps(reply, protocol=5)
    return pickle.loads(blob), copy.deepcopy(reply)  # ok: the JSON values were pickled here
