# A class with type parameters is the class.
import pickle
from typing import Generic, TypeVar

import requests

T = TypeVar("T")


class Loader(Generic[T]):
    def __init__(self, data):
        self.data = data

    def load(self) -> T:
        return pickle.loads(self.data)  # want PKL101 from a # want PKL101 from b # want PKL101 from c

    @classmethod
    def of(cls, data):
        return cls(data)


class Numbers(Loader[int]):
    pass


class Typed[M]:
    def load(self, data) -> M:
        return pickle.loads(data)  # want PKL101 from d


def one(url):
    return Loader[int](requests.get(url, timeout=30).content).load()  # source a


def two(url):
    return Loader["Model"].of(requests.get(url, timeout=30).content).load()  # source b


def three(url):
    return Numbers(requests.get(url, timeout=30).content).load()  # source c


def four(url):
    return Typed[int]().load(requests.get(url, timeout=30).content)  # source d
