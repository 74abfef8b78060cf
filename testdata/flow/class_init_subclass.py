# A registry filled by __init_subclass__.
import pickle

import requests


class Decoder:
    registry = {}

    def __init_subclass__(cls, kind, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[kind] = cls

    @classmethod
    def for_kind(cls, kind):
        return cls.registry[kind]()


class PickleDecoder(Decoder, kind="pickle"):
    def decode(self, body):
        return pickle.loads(body)  # want note PKL101 from=library  # missing PKL101 from net: a class kept in a field of another class is not followed


def restore(url):
    return Decoder.for_kind("pickle").decode(requests.get(url, timeout=10).content)  # source net
