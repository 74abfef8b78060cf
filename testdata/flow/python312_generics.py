# Python 3.12: type parameters and type statements change nothing about the data.
import pickle

import requests

type Body = bytes


class Box[T]:
    def __init__(self, value: T) -> None:
        self.value = value

    def get(self) -> T:
        return self.value


def first[T](items: list[T]) -> T:
    return items[0]


def restore(url: str) -> object:
    body: Body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(first([Box(body).get()]))  # want PKL101 from net
