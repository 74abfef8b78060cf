# A response that this program builds is not a request.
# notes: ignored
import pickle

from flask import Response


def build():
    response = Response(b"\x80\x04N.")
    return pickle.loads(response.data)  # ok: made of a literal here
