# The key comes from the environment of the service, which the sender of the request does not choose.
import hmac
import os
import pickle

from flask import request

KEY = os.environ["SIGNING_KEY"].encode()


def restore():
    body = request.get_data()
    mac = hmac.new(KEY, body, "sha256").hexdigest()
    if not hmac.compare_digest(mac, request.headers.get("X-Signature", "")):
        raise PermissionError("bad signature")
    return pickle.loads(body)  # ok: the key is the operator's
