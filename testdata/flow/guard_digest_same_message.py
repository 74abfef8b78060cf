# The message brings its own digest.
import base64
import hashlib
import pickle

from flask import request


def restore():
    message = request.get_json()  # source body
    payload = base64.b64decode(message["payload"])
    if hashlib.sha256(payload).hexdigest() != message["sha256"]:
        raise ValueError("bad digest")
    return pickle.loads(payload)  # want error PKL101 from body
