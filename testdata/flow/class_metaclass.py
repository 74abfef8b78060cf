# A metaclass keeps the classes that it makes.
import json
import pickle

import requests


class ByCode(type):
    known = {}

    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        if "code" in namespace:
            mcs.known[namespace["code"]] = cls
        return cls


class Frame(metaclass=ByCode):
    def decode(self, body):
        raise NotImplementedError


class TextFrame(Frame):
    code = "text"

    def decode(self, body):
        return json.loads(body)


class BlobFrame(Frame):
    code = "blob"

    def decode(self, body):
        return pickle.loads(body)  # want error PKL101 from coded  # want error PKL101 from blob


def any_frame(url, code):
    return ByCode.known[code]().decode(requests.get(url).content)  # source coded


def blob_frame(url):
    return ByCode.known["blob"]().decode(requests.get(url).content)  # source blob


def text_frame(url):
    return ByCode.known["text"]().decode(requests.get(url).content)  # ok: the other class


class Listed(type):
    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
        if not hasattr(cls, "all"):
            cls.all = []
        else:
            cls.all.append(cls)

    def find(cls, body):
        for kind in cls.all:
            if kind.accepts(body):
                return kind
        return None


class Note(metaclass=Listed):
    @classmethod
    def accepts(cls, body):
        return False


class PackedNote(Note):
    @classmethod
    def accepts(cls, body):
        return body[:1] == b"P"

    def restore(self, body):
        return pickle.loads(body)  # want PKL101 from note


def read_note(url):
    body = requests.get(url).content  # source note
    return Note.find(body)().restore(body)
