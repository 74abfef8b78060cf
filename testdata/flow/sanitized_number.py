# A number made from untrusted text cannot hold a pickle, nor a path of the attacker's choice.
import pickle

from flask import request


def load():
    index = int(request.args["index"])
    with open(f"states/{index}.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: one of our numbered files
