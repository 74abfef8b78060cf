# itsdangerous gives the value only when the signature of the secret key is right.
import base64
import pickle

from flask import request
from itsdangerous import Signer, URLSafeSerializer

SIGNER = Signer("a key of this service")
SERIALIZER = URLSafeSerializer("a key of this service")


def restore():
    first = pickle.loads(SIGNER.unsign(request.get_data()))  # ok: unsign raises
    text = SERIALIZER.loads(request.args["token"])
    second = pickle.loads(base64.b64decode(text))  # ok: loads raises
    return first, second
