# A keyed digest made with a key of our own.
import hashlib
import hmac
import pickle
from pathlib import Path

from flask import request

KEY = Path("/etc/app/key").read_bytes()


def restore():
    body = request.get_data()
    mac = hmac.new(KEY, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(mac, request.headers["X-Signature"]):
        raise PermissionError("bad signature")
    return pickle.loads(body)  # ok: only a holder of the key could make the signature
