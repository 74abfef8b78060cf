# A Protocol says which methods an object has, not what it is: the classes that are passed say that.
import json
import pickle
from typing import Protocol

from flask import Flask, request

app = Flask(__name__)


class Codec(Protocol):
    def loads(self, data: bytes): ...


class Pickled:
    def loads(self, data):
        return pickle.loads(data)  # want error PKL101 from field  # want error PKL101 from passed


class Texts:
    def loads(self, data):
        return json.loads(data)


class Unused:
    def loads(self, data):
        return pickle.loads(data)  # want note PKL101


class Service:
    def __init__(self, codec: Codec):
        self.codec = codec

    def take(self):
        return self.codec.loads(request.data)  # source field


service = Service(Pickled())
texts = Service(Texts())


def decode(codec: Codec):
    return codec.loads(request.get_data())  # source passed


@app.post("/")
def post():
    return str(decode(Pickled()))
