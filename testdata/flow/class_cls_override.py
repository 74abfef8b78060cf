"""cls.method() may be that of a class below, and cls() makes objects of it."""

import pickle

import requests
from huggingface_hub import hf_hub_download


class Loader:
    @classmethod
    def fetch(cls, name):
        return b"N."

    @classmethod
    def load(cls, name):
        return pickle.loads(cls.fetch(name))  # want error PKL101


class Remote(Loader):
    @classmethod
    def fetch(cls, name):
        return requests.get("https://models.example.org/" + name).content


class Fixed:
    @classmethod
    def fetch(cls, name):
        return b"N."

    @classmethod
    def load(cls, name):
        return pickle.loads(cls.fetch(name))  # ok: nobody overrides it


class Vocabulary:
    def __init__(self, path):
        self.read(path)

    def read(self, path):
        with open(path, "rb") as f:
            self.words = pickle.load(f)  # want error PKL101

    @classmethod
    def from_hub(cls, name):
        return cls(hf_hub_download(name, "words.pkl"))


class Copied:
    def __init__(self, path):
        with open(path, "rb") as f:
            self.words = pickle.load(f)  # want error PKL101

    def again(self, name):
        return type(self)(hf_hub_download(name, "words.pkl"))


class Base:
    @classmethod
    def from_hub(cls, name):
        return cls(path=hf_hub_download(name, "words.pkl"))


class Derived(Base):
    def __init__(self, path):
        with open(path, "rb") as f:
            self.words = pickle.load(f)  # want error PKL101


class Switch:
    loader = None

    @classmethod
    def load(cls, data):
        return cls.loader(data)  # want error PKL101


class Pickled(Switch):
    loader = staticmethod(pickle.loads)


def poll(url):
    return Pickled.load(requests.get(url).content)
