# An attribute that is set on a class is what its objects, and those of the classes below, give.
import pickle

import requests


class State:
    blob = b""
    name = b""
    own = b""


def refresh(url):
    State.blob = requests.get(url).content  # source set


def current():
    return pickle.loads(State().blob)  # want error PKL101 from set


def through(state: State):
    return pickle.loads(state.blob)  # want error PKL101 from set


class Below(State):
    def read(self):
        return pickle.loads(self.blob)  # want error PKL101 from set


def rename():
    State.name = b"ours"


def named():
    return pickle.loads(State().name)  # ok: only constants are set


class Cache:
    entries = None

    @classmethod
    def fill(cls, url):
        cls.entries = requests.get(url).content  # source class_method

    def load(self):
        return pickle.loads(self.entries)  # want error PKL101 from class_method


class Pool:
    last = None

    @staticmethod
    def keep(data):
        Pool.last = data

    @classmethod
    def restore(cls):
        return pickle.loads(cls.last)  # want error PKL101 from kept


def answer(url):
    Pool.keep(requests.get(url).content)  # source kept


class Other:
    blob = b"ours"


def unlike():
    return pickle.loads(Other().blob)  # ok: another class


def hidden(url):
    state = State()
    State.own = requests.get(url).content
    state.own = b"mine"
    return pickle.loads(state.own)  # ok: the object has its own
