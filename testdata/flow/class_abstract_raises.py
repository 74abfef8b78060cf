"""A method that only raises NotImplementedError is what classes below define; where none does, control may come back."""

import abc
import hashlib
import pickle
import sys

import requests

KNOWN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Stage:
    def open_run(self):
        raise NotImplementedError

    def resume(self, path):
        self.open_run()
        with open(path, "rb") as f:
            return pickle.load(f)  # want note PKL101


class Plugin(abc.ABC):
    @classmethod
    @abc.abstractmethod
    def create(cls, options):
        """Makes the plugin."""
        raise NotImplementedError(f"{cls.__name__} has no create")

    @classmethod
    def restore(cls, path):
        plugin = cls.create({})
        with open(path, "rb") as f:
            plugin.state = pickle.load(f)  # want warning PKL101
        return plugin


class Quick(Plugin):
    @classmethod
    def create(cls, options):
        return cls()


def main():
    return Quick.restore(sys.argv[1])


class Feed:
    def check(self, data):
        raise NotImplementedError

    def poll(self, url):
        data = requests.get(url).content
        self.check(data)
        return pickle.loads(data)  # want error PKL101


class Refusing:
    def refuse(self, reason):
        raise ValueError(reason)

    def poll(self, url):
        data = requests.get(url).content
        if hashlib.sha256(data).hexdigest() != KNOWN:
            self.refuse("changed")
        return pickle.loads(data)  # ok: a helper that refuses is no abstract method
