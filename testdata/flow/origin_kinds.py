# One finding names each kind of source that reaches it, the worst first, however near the others are.
import os
import pickle
import sys

from flask import Flask, request

app = Flask(__name__)


def decode(data):
    return pickle.loads(data)  # want error PKL101 from body


def near():
    decode(os.environ["STATE"].encode())


def one():
    with open(sys.argv[1], "rb") as handle:
        decode(handle.read())


def two():
    with open(sys.argv[2], "rb") as handle:
        decode(handle.read())


def unpack(envelope):
    return decode(envelope["data"])


@app.post("/state")
def state():
    return unpack({"data": request.data})  # source body
