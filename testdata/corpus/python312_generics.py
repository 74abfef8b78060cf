import pickle
import requests
type Body = bytes
type Table[K, V: (int, str), *Ts, **P] = dict[K, V]


class Box[T]:
    def __init__(self, value: T) -> None:
        self.value = value

    def get[U](self, other: U) -> T | U:
        return self.value or other


def restore[T: bytes](body: T) -> object:
    return pickle.loads(body)


restore(requests.get("http://x").content)
