# Dataclass fields by keyword, and inherited fields first.
import pickle
from dataclasses import dataclass, field

import requests


@dataclass
class Base:
    name: str


@dataclass
class Reply(Base):
    body: bytes = b""
    tags: list = field(default_factory=list)


def restore(url):
    reply = Reply("model", body=requests.get(url, timeout=10).content)  # source net
    return pickle.loads(reply.body)  # want PKL101 from net
