# A constructor of one's own takes what is its own and hands the rest to the unpickler.
import io
import pickle

from flask import request


class ServerUnpickler(pickle.Unpickler):
    def __init__(self, server, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.server = server


def revive(server, data):
    return ServerUnpickler(server, io.BytesIO(data), encoding="bytes").load()  # want error PKL101 from body


def handle(server):
    return revive(server, request.data)  # source body


def own(server):
    return ServerUnpickler(server, io.BytesIO(pickle.dumps({"a": 1}))).load()  # ok: a round trip
