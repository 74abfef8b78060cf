# A check may answer with a named tuple, whether its class is written or made by a call, read by name or by place.
import collections
import hashlib
import pickle
import sys
from collections import namedtuple
from typing import NamedTuple

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
Outcome = namedtuple("Outcome", "ok reason")
Listed = collections.namedtuple("Listed", ["reason", "ok"])


class Answer(NamedTuple):
    ok: bool
    reason: str = ""


def inspect(blob):
    if hashlib.sha256(blob).hexdigest() != EXPECTED:
        return Outcome(False, "another digest")
    return Outcome(True, "")


def by_name(url):
    blob = requests.get(url).content
    outcome = inspect(blob)
    if not outcome.ok:
        sys.exit(outcome.reason)
    return pickle.loads(blob)  # ok: checked


def by_place(url):
    blob = requests.get(url).content
    ok, reason = inspect(blob)
    if not ok:
        raise ValueError(reason)
    return pickle.loads(blob)  # ok: checked


def only_told(url):
    blob = requests.get(url).content  # source told
    print(inspect(blob).reason)
    return pickle.loads(blob)  # want error PKL101 from told


def wrong_way(url):
    blob = requests.get(url).content  # source wrong
    if inspect(blob).ok:
        return None
    return pickle.loads(blob)  # want error PKL101 from wrong


def listed(blob):
    return Listed(reason="", ok=hashlib.sha256(blob).hexdigest() == EXPECTED)


def by_keyword(url):
    blob = requests.get(url).content
    if listed(blob).ok:
        return pickle.loads(blob)  # ok: checked


def answer(blob):
    return Answer(hashlib.sha256(blob).hexdigest() == EXPECTED)


def by_place_of_class(url):
    blob = requests.get(url).content
    ok, _ = answer(blob)
    if ok:
        return pickle.loads(blob)  # ok: checked


def by_other_place(url):
    blob = requests.get(url).content  # source other
    _, reason = answer(blob)
    if reason:
        return None
    return pickle.loads(blob)  # want error PKL101 from other


Frame = namedtuple("Frame", "head body")


def parts(url):
    frame = Frame(b"head", requests.get(url).content)  # source part
    pickle.loads(frame.head)  # ok: our own
    return pickle.loads(frame.body)  # want PKL101 from part
