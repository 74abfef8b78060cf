# The key is a field; check and load are methods of one class.
import hmac
import pickle

from flask import request


class SignedSerializer:
    def __init__(self, key):
        self._key = key

    def dumps(self, value):
        blob = pickle.dumps(value)
        return hmac.digest(self._key, blob, "sha256") + blob

    def loads(self, message):
        mac, blob = message[:32], message[32:]
        if not hmac.compare_digest(mac, hmac.digest(self._key, blob, "sha256")):
            raise ValueError("bad signature")
        return pickle.loads(blob)  # ok: authenticated with the key of this object


SERIALIZER = SignedSerializer(b"a key of this service")


def restore():
    return SERIALIZER.loads(request.get_data())
