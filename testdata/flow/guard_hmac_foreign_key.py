# The key comes with the request: anybody can sign.
import hmac
import pickle

from flask import request


def restore():
    body = request.get_data()  # source body
    key = request.headers["X-Key"].encode()
    mac = hmac.new(key, body, "sha256").hexdigest()
    if not hmac.compare_digest(mac, request.headers["X-Signature"]):
        raise PermissionError("bad signature")
    return pickle.loads(body)  # want error PKL101 from body
