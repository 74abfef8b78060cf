# The request says itself that it is a pickle: no guard.
import json
import pickle

from flask import request


def restore():
    body = request.get_data()  # source body
    if request.headers["Content-Type"] == "application/x-pickle":
        return pickle.loads(body)  # want error PKL101 from body
    return json.loads(body)
