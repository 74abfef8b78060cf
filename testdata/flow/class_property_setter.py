# Assigning to a property calls its setter.
import pickle

import requests


class Holder:
    def __init__(self):
        self._raw = b"\x80\x04N."

    @property
    def raw(self):
        return self._raw

    @raw.setter
    def raw(self, data):
        self._raw = bytes(data)


def restore(url):
    holder = Holder()
    holder.raw = requests.get(url, timeout=10).content  # source net
    return pickle.loads(holder.raw)  # want PKL101 from net
