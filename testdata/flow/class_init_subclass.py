# A registry filled by __init_subclass__.
import json
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
        return pickle.loads(body)  # want error PKL101 from net


def restore(url):
    return Decoder.for_kind("pickle").decode(requests.get(url, timeout=10).content)  # source net


class Rows:
    """Where the name of the format is an attribute of the class."""

    kinds = {}
    suffix = ""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Rows.kinds[cls.suffix] = cls

    def decode(self, body):
        raise NotImplementedError


class JsonRows(Rows):
    suffix = "json"

    def decode(self, body):
        return json.loads(body)


class PickleRows(Rows):
    suffix = "pkl"

    def decode(self, body):
        return pickle.loads(body)  # want error PKL101 from any_rows  # want error PKL101 from rows


def plain_rows(url):
    return Rows.kinds["json"]().decode(requests.get(url, timeout=10).content)  # ok: the other class


def packed_rows(url):
    return Rows.kinds["pkl"]().decode(requests.get(url, timeout=10).content)  # source rows


def rows_by_suffix(url):
    kind = Rows.kinds[url.rsplit(".", 1)[-1]]
    return kind().decode(requests.get(url, timeout=10).content)  # source any_rows
