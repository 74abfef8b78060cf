# Literal bytes, concatenated, encoded or decoded, are the program's own.
import base64
import pickle

BLOB = b"\x80\x04"
TEXT = "gARLAS4="


def load():
    first = pickle.loads(BLOB + b"N.")  # ok: literals
    second = pickle.loads(base64.b64decode(TEXT))  # ok: a literal in base64
    third = pickle.loads("cos\n.".encode("latin-1"))  # ok: a literal
    return first, second, third
