# Attributes under names that are put together, beside methods whose names begin the same way.
import pickle

import requests
from flask import request


class Lazy:
    def __set_name__(self, owner, name):
        self.slot = f"_{name}"

    def __set__(self, instance, raw):
        setattr(instance, self.slot, raw)

    def __get__(self, instance, owner=None):
        return pickle.loads(getattr(instance, self.slot))  # want PKL101 from scene


class Document:
    scene = Lazy()

    def _import(self, data):
        self.layers = pickle.loads(data)  # want PKL101 from layers


def draw():
    document = Document()
    document.scene = request.data  # source scene
    return len(document.scene)


def layers(url):
    return Document()._import(requests.get(url).content)  # source layers


class Reader:
    def read_native(self, data):
        return pickle.loads(data)  # want PKL101 from kinds

    def note(self, name, text):
        setattr(self, name, text)

    def revive(self, kind, data):
        return getattr(self, f"read_{kind}")(data)


class Noted(Reader):
    pass


def kinds(kind):
    reader = Reader()
    reader.note(kind, request.args["note"])
    return reader.revive(kind, request.data)  # source kinds
