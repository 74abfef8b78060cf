# A signed message is taken apart: signature, dot, payload.
import base64
import hashlib
import hmac
import os
import pickle

from flask import Flask, abort, request

app = Flask(__name__)
SECRET = os.environ["SESSION_SECRET"].encode()


def sign(payload):
    return hmac.new(SECRET, payload, hashlib.sha256).hexdigest().encode()


@app.post("/session")
def session():
    signature, _, payload = request.get_data().partition(b".")
    if not hmac.compare_digest(signature, sign(payload)):
        abort(403)
    return repr(pickle.loads(base64.b64decode(payload)))  # ok: the payload is authenticated


@app.post("/split")
def split():
    signature, payload = request.get_data().split(b".", 1)
    if hmac.compare_digest(signature, sign(payload)):
        return repr(pickle.loads(payload))  # ok: the payload is authenticated
    return "", 403


@app.post("/swapped")
def swapped():
    signature, payload = request.get_data().split(b".", 1)  # source body
    if hmac.compare_digest(payload, sign(signature)):
        return repr(pickle.loads(payload))  # want error PKL101 from body
    return "", 403
