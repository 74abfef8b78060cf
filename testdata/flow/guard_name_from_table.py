# The request picks a key of our own table: the path is ours.
import pickle

from flask import request

STATES = {"small": "states/small.pkl", "large": "states/large.pkl"}


def restore():
    path = STATES[request.args["name"]]
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: one of our files
