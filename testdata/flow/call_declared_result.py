# A function says of what class its result is, where its body does not show it.
import pickle

from flask import request

CODECS = {}


class Pickled:
    def restore_state(self, data):
        return pickle.loads(data)  # want error PKL101 from body


class Plain:
    def restore_state(self, data):
        return data.decode()


class Numbered:
    def restore_state(self, data):
        return int(data)


class Listed:
    def restore_state(self, data):
        return list(data)


def codec(name) -> "Pickled":
    return CODECS[name]


def plain(name) -> Plain:
    return CODECS[name]


def handle():
    return codec("default").restore_state(request.data)  # source body


def handle_plain():
    return plain("text").restore_state(request.data)  # ok: another class's method
