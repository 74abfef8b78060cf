# What class of object a caller passes decides which branch its data takes.
# notes: ignored
import json
import pickle
from dataclasses import dataclass

import requests


@dataclass
class Peer:
    name: str
    blob: bytes


@dataclass
class Own:
    blob: bytes


@dataclass
class Job:
    blob: bytes


def by_isinstance(message):
    if isinstance(message, Own):
        return pickle.loads(message.blob)  # ok: only what this process packed
    return json.loads(message.blob)


def by_match(message):
    match message:
        case Own():
            return pickle.loads(message.blob)  # ok: only what this process packed
        case Peer():
            return json.loads(message.blob)


def by_type(message):
    if type(message) is Peer:
        return json.loads(message.blob)
    return pickle.loads(message.blob)  # want PKL101 from job


def by_text(value):
    if isinstance(value, str):
        return json.loads(value)
    return pickle.loads(value)  # want PKL101 from raw


def received(url):
    body = requests.get(url).content
    by_isinstance(Peer("a", body))
    by_match(Peer("a", body))
    by_type(Peer("a", body))
    by_text(requests.get(url).content)  # source raw
    by_type(Job(requests.get(url).content))  # source job


def saved(state):
    by_isinstance(Own(pickle.dumps(state)))
    by_match(Own(pickle.dumps(state)))
