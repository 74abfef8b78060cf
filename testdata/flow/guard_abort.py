# flask.abort raises.
import hashlib
import pickle

from flask import abort, request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore():
    body = request.get_data()
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        abort(400)
    return pickle.loads(body)  # ok: abort does not come back
