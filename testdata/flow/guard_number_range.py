# Untrusted text becomes a number, which picks from our own list.
import pickle

from flask import request

STATES = ["states/a.pkl", "states/b.pkl"]


def restore():
    path = STATES[int(request.args["index"])]
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: one of our files
