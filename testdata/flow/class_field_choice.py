# What a constructor is told decides which loader a field holds.
import requests
import yaml


class Reader:
    def __init__(self, name, strict=True):
        self.name = name
        if strict:
            self.loader = yaml.CSafeLoader
        else:
            self.loader = yaml.UnsafeLoader

    def read(self, text):
        return yaml.load(text, Loader=self.loader)  # want error PKL401 from loose


class Chosen:
    def __init__(self, *, safe):
        self.load = yaml.safe_load if safe else yaml.unsafe_load


STRICT = Reader("strict", True)
DEFAULT = Reader("default")
LOOSE = Reader("loose", strict=False)
SAFE = Chosen(safe=True)
UNSAFE = Chosen(safe=False)


def strict(url):
    return STRICT.read(requests.get(url).content)  # ok: the safe loader


def default(url):
    return DEFAULT.read(requests.get(url).content)  # ok: the safe loader


def loose(url):
    return LOOSE.read(requests.get(url).content)  # source loose


def safe(url):
    return SAFE.load(requests.get(url).content)  # ok: safe_load


def unsafe(url):
    return UNSAFE.load(requests.get(url).content)  # want error PKL401
