# A helper verifies and raises, another module function loads.
import hmac
import pickle

from flask import request

KEY = b"a key of this service"


def verify(body, signature):
    expected = hmac.new(KEY, body, "sha256").hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise PermissionError("bad signature")


def load(body):
    return pickle.loads(body)  # ok: its only caller verifies first


def restore():
    body = request.get_data()
    verify(body, request.headers["X-Signature"])
    return load(body)
