# A NamedTuple is read by attribute and by position.
import pickle
from typing import NamedTuple

import requests


class Reply(NamedTuple):
    status: int
    body: bytes


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    reply = Reply(response.status_code, response.content)
    return pickle.loads(reply.body)  # want PKL101 from net


def restore_unpacked(url):
    response = requests.get(url, timeout=10)  # source net2
    status, body = Reply(response.status_code, response.content)
    print(status)
    return pickle.loads(body)  # want PKL101 from net2
