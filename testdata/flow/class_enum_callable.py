# Members of an enumeration keep functions, and have methods and fields of their own.
import json
import pickle
from enum import Enum, StrEnum, member
from functools import partial

import requests


class InTuple(Enum):
    PACKED = (pickle.loads,)
    PLAIN = (json.loads,)


class AsMember(Enum):
    PACKED = member(pickle.loads)
    PLAIN = member(json.loads)


class AsPartial(Enum):
    PACKED = partial(pickle.loads, encoding="bytes")
    PLAIN = partial(json.loads, parse_float=str)


class WithFields(Enum):
    PACKED = ("application/x-packed", pickle.loads)
    PLAIN = ("application/json", json.loads)

    def __init__(self, mime, revive):
        self.mime = mime
        self.revive = revive


class WithNew(Enum):
    PACKED = ("p", pickle.loads)
    PLAIN = ("j", json.loads)

    def __new__(cls, code, revive):
        obj = object.__new__(cls)
        obj._value_ = code
        obj.revive = revive
        return obj


class WithMethod(StrEnum):
    PACKED = "packed"
    PLAIN = "plain"

    def decode_body(self, raw):
        if self is WithMethod.PACKED:
            return pickle.loads(raw)  # want error PKL101 from method_packed  # want error PKL101 from method_any
        return json.loads(raw)


class Calling(Enum):
    PACKED = (pickle.loads,)
    PLAIN = (json.loads,)

    def __call__(self, raw):
        return self.value[0](raw)  # want error PKL101 from calling


def packed_in_tuple(url):
    return InTuple.PACKED.value[0](requests.get(url).content)  # want error PKL101


def plain_in_tuple(url):
    return InTuple.PLAIN.value[0](requests.get(url).content)  # ok: the other member


def by_name(url, name):
    return InTuple[name].value[0](requests.get(url).content)  # want error PKL101


def by_constant_name(url):
    return InTuple["PLAIN"].value[0](requests.get(url).content)  # ok: the other member


def member_value(url):
    return AsMember.PACKED.value(requests.get(url).content)  # want error PKL101


def member_value_plain(url):
    return AsMember.PLAIN.value(requests.get(url).content)  # ok: the other member


def chosen(url, packed):
    kind = AsMember.PACKED if packed else AsMember.PLAIN
    return kind.value(requests.get(url).content)  # want error PKL101


def partial_value(url):
    return AsPartial.PACKED.value(requests.get(url).content)  # want error PKL101


def partial_plain(url):
    return AsPartial["PLAIN"].value(requests.get(url).content)  # ok: the other member


def by_field(url, mime):
    answer = requests.get(url).content
    for kind in WithFields:
        if kind.mime == mime:
            return kind.revive(answer)  # want error PKL101
    return None


def field_of_plain(url):
    return WithFields.PLAIN.revive(requests.get(url).content)  # ok: the other member


def by_annotation(url, kind: WithFields):
    return kind.revive(requests.get(url).content)  # want error PKL101


def by_value(url, code):
    return WithNew(code).revive(requests.get(url).content)  # want error PKL101


def by_constant_value(url):
    return WithNew.PLAIN.revive(requests.get(url).content)  # ok: the other member


def method_packed(url):
    raw = requests.get(url).content  # source method_packed
    return WithMethod.PACKED.decode_body(raw)


def method_plain(url):
    return WithMethod.PLAIN.decode_body(requests.get(url).content)  # ok: not that branch


def method_any(url, name):
    raw = requests.get(url).content  # source method_any
    return WithMethod(name).decode_body(raw)


def calling(url, name):
    raw = requests.get(url).content  # source calling
    return Calling[name](raw)


def own_bytes(name):
    return InTuple[name].value[0](pickle.dumps([1]))  # ok: our own
