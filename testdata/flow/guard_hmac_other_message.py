# The signature covers the name, the load reads the body.
import hmac
import pickle

from flask import request

KEY = b"a key of this service"


def restore():
    body = request.get_data()  # source body
    mac = hmac.new(KEY, request.headers["X-Name"].encode(), "sha256").hexdigest()
    if not hmac.compare_digest(mac, request.headers["X-Signature"]):
        raise PermissionError("bad signature")
    return pickle.loads(body)  # want error PKL101 from body
