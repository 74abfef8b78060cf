# A check may answer with a word, a member of an enumeration, or an object that holds the answer.
import dataclasses
import enum
import hashlib
import pickle
from typing import NamedTuple

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def judge(blob):
    if hashlib.sha256(blob).hexdigest() == EXPECTED:
        return "good"
    return "bad"


def word(url):
    blob = requests.get(url).content
    if judge(blob) != "good":
        raise ValueError("refused")
    return pickle.loads(blob)  # ok: checked


def wrong_word(url):
    blob = requests.get(url).content  # source wrong
    if judge(blob) == "good":
        print("release")
    else:
        return pickle.loads(blob)  # want error PKL101 from wrong


def other_word(url):
    blob = requests.get(url).content
    if judge(blob) == "bad":
        return None
    return pickle.loads(blob)  # ok: what is not bad was checked


class Verdict(enum.Enum):
    OK = enum.auto()
    MISMATCH = enum.auto()


def rate(blob):
    verdict = Verdict.MISMATCH
    if hashlib.sha256(blob).hexdigest() == EXPECTED:
        verdict = Verdict.OK
    return verdict


def member(url):
    blob = requests.get(url).content
    if rate(blob) is not Verdict.OK:
        raise ValueError("refused")
    return pickle.loads(blob)  # ok: checked


def wrong_member(url):
    blob = requests.get(url).content  # source member
    if rate(blob) is Verdict.MISMATCH:
        return pickle.loads(blob)  # want error PKL101 from member


class Outcome(NamedTuple):
    ok: bool
    reason: str


def inspect(blob):
    if hashlib.sha256(blob).hexdigest() != EXPECTED:
        return Outcome(False, "digest")
    return Outcome(True, "")


def outcome(url):
    blob = requests.get(url).content
    result = inspect(blob)
    if not result.ok:
        raise ValueError(result.reason)
    return pickle.loads(blob)  # ok: checked


def ignored(url):
    blob = requests.get(url).content  # source ignored
    result = inspect(blob)
    if result.reason:
        print(result.reason)
    return pickle.loads(blob)  # want error PKL101 from ignored


@dataclasses.dataclass
class Report:
    good: bool = False


def report(blob):
    if hashlib.sha256(blob).hexdigest() == EXPECTED:
        return Report(good=True)
    return Report()


def field(url):
    blob = requests.get(url).content
    if report(blob).good:
        return pickle.loads(blob)  # ok: checked
    return None


class Artifact:
    def __init__(self, blob):
        self.blob = blob
        self.digest = hashlib.sha256(blob).hexdigest()

    def load(self):
        if self.digest != EXPECTED:
            raise ValueError("refused")
        return pickle.loads(self.blob)  # ok: the digest in the field is that of the data in the other
