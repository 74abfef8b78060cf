# The request chooses the name of the file that is loaded.
import pickle

from flask import request


def load():
    name = request.args["name"]  # source query
    with open(f"states/{name}.pkl", "rb") as handle:
        return pickle.load(handle)  # want PKL101 from query
