# The check runs only when the request brings a signature.
import hmac
import pickle

from flask import request

KEY = b"a key of this service"


def restore():
    body = request.get_data()  # source body
    signature = request.headers.get("X-Signature")
    if signature and not hmac.compare_digest(hmac.new(KEY, body, "sha256").hexdigest(), signature):
        raise PermissionError("bad signature")
    return pickle.loads(body)  # want error PKL101 from body
