# The signature travels in front of the payload.
import hashlib
import hmac
import pickle

from flask import request

KEY = b"a key of this service"
SIZE = hashlib.sha256().digest_size


def unpack(message):
    mac, payload = message[:SIZE], message[SIZE:]
    if not hmac.compare_digest(mac, hmac.new(KEY, payload, "sha256").digest()):
        raise PermissionError("bad signature")
    return pickle.loads(payload)  # ok: authenticated


def restore():
    return unpack(request.get_data())
