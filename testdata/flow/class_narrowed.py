# Tests of what an object is tell on both branches what it may still be.
# notes: ignored
import json
import pickle

import requests


class Old:
    def unpack(self, raw):
        return pickle.loads(raw)  # want PKL101 from kept # want PKL101 from asked # want PKL101 from typed # want PKL101 from matched # want PKL101 from either


class Older(Old):
    pass


class New:
    def unpack(self, raw):
        return json.loads(raw)


class Refused(Exception):
    pass


def codec(version):
    if version < 2:
        return Older()
    return Old() if version < 3 else New()


def fetch(url):
    return requests.get(url, timeout=10).content


def other_branch(url, version):
    chosen = codec(version)
    if isinstance(chosen, Old):
        raise Refused
    return chosen.unpack(requests.get(url).content)  # what is left parses JSON


def wrong_branch(url, version):
    chosen = codec(version)
    if isinstance(chosen, New):
        raise Refused
    return chosen.unpack(requests.get(url).content)  # source kept


def both_in_a_tuple(url, version):
    chosen = codec(version)
    if isinstance(chosen, (Older, Old)):
        return None
    return chosen.unpack(requests.get(url).content)


def asked_for(url, version):
    chosen = codec(version)
    if not isinstance(chosen, (New, Old)):
        return None
    return chosen.unpack(requests.get(url).content)  # source asked


def by_type(url, version):
    chosen = codec(version)
    if type(chosen) is New:
        return chosen.unpack(requests.get(url).content)
    return None


def by_other_type(url, version):
    chosen = codec(version)
    if type(chosen) is not New:
        return chosen.unpack(requests.get(url).content)  # source typed
    return None


def by_match(url, version):
    chosen = codec(version)
    match chosen:
        case New():
            return chosen.unpack(requests.get(url).content)
        case _:
            return None


def by_other_match(url, version):
    chosen = codec(version)
    match chosen:
        case New():
            return None
        case _:
            return chosen.unpack(requests.get(url).content)  # source matched


def by_either(url, version):
    chosen = codec(version)
    if isinstance(chosen, Older) or isinstance(chosen, New):
        return chosen.unpack(requests.get(url).content)  # source either
    return None
