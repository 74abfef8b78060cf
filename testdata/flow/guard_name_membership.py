# The request's name must be one of a constant tuple.
import pickle

from flask import abort, request

NAMES = ("small", "large")


def restore():
    name = request.args["name"]
    if name not in NAMES:
        abort(404)
        raise LookupError(name)
    with open(f"states/{name}.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: one of two names
