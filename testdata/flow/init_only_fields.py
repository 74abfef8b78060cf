# What a constructor of a dataclass is given for __post_init__ alone, and which fields it takes by place.
import dataclasses
import pickle
from dataclasses import InitVar, dataclass, field
from typing import ClassVar

import requests


@dataclass
class Handed:
    name: str
    packed: InitVar[bytes]
    note: bytes = b""

    def __post_init__(self, packed):
        self.value = pickle.loads(packed)  # want PKL101 from handed


@dataclass
class Made:
    name: str
    parts: list = field(init=False, default_factory=list)
    raw: bytes = b""

    def __post_init__(self):
        self.parts = pickle.loads(self.raw)  # want PKL101 from made


@dataclass
class Shared:
    KINDS: ClassVar[list] = []
    raw: bytes
    note: str

    def __post_init__(self):
        self.value = pickle.loads(self.raw)  # want PKL101 from shared


@dataclass
class Second:
    raw: dataclasses.InitVar[bytes]
    other: dataclasses.InitVar[bytes]

    def __post_init__(self, one, two):
        self.value = pickle.loads(two)  # want PKL101 from second


@dataclass
class First:
    raw: dataclasses.InitVar[bytes]
    other: dataclasses.InitVar[bytes]

    def __post_init__(self, one, two):
        self.value = pickle.loads(one)  # ok: the other one is foreign


@dataclass
class Noted:
    raw: bytes
    note: bytes

    def __post_init__(self):
        self.value = pickle.loads(self.raw)  # ok: the note is foreign


def handed(url):
    return Handed("x", requests.get(url).content, pickle.dumps(1))  # source handed


def made(url):
    return Made("x", requests.get(url).content)  # source made


def shared(url):
    return Shared(requests.get(url).content, "")  # source shared


def second(url):
    return Second(pickle.dumps(1), requests.get(url).content)  # source second


def first(url):
    return First(pickle.dumps(1), other=requests.get(url).content)


def noted(url):
    return Noted(pickle.dumps(1), note=requests.get(url).content)
