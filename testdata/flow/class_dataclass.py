# A dataclass has a constructor that nobody wrote.
import pickle
from dataclasses import dataclass

import requests


@dataclass
class Reply:
    status: int
    body: bytes
    default: bytes = b"\x80\x04N."


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    reply = Reply(response.status_code, response.content)
    first = pickle.loads(reply.default)  # ok: the default of the field
    second = pickle.loads(reply.body)  # want PKL101 from net
    return first, second
