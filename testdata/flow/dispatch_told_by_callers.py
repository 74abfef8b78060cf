# A helper decodes what it downloads with one of several functions; which one, its callers say.
import json
import pickle

import requests


def unpickle(data):
    return pickle.loads(data)  # want error PKL101 from open  # want error PKL101 from named


def plain(data):
    return json.loads(data)


def revive(data):
    return pickle.loads(data)  # ok: every caller asks for the other one  # want note PKL101


DECODERS = {"pickle": unpickle, "json": plain}
OTHERS = {"pickle": revive, "json": plain}


def read(url, kind):
    return OTHERS[kind](requests.get(url).content)


def read_any(url, kind):
    return DECODERS[kind](requests.get(url).content)  # source open


def read_named(url, kind):
    return DECODERS[kind](requests.get(url).content)  # source named


def main(argv):
    read("https://files.example.org/a", "json")
    read_named("https://files.example.org/b", "json")
    read_named("https://files.example.org/c", "pickle")
    read_any("https://files.example.org/d", argv[1])
