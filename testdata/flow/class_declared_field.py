# The class body declares of what class an attribute is, which decides whose method is called.
import pickle
from dataclasses import dataclass
from typing import Optional

from flask import request


class Pickled:
    def restore_state(self, data):
        return pickle.loads(data)  # want error PKL101 from body  # want error PKL101 from late


class Plain:
    def restore_state(self, data):
        return data.decode()


class Numbered:
    def restore_state(self, data):
        return int(data)


class Listed:
    def restore_state(self, data):
        return list(data)


@dataclass
class State:
    codec: Pickled
    other: Plain


class Service:
    codec: Optional[Pickled] = None

    def start(self, codecs, name):
        self.codec = codecs[name]


def handle(state: State):
    return state.codec.restore_state(request.data)  # source body


def handle_plain(state: State):
    return state.other.restore_state(request.data)  # ok: another class's method


def late(service: Service):
    return service.codec.restore_state(request.data)  # source late
