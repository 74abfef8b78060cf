# An object built and used in one function: its fields are told apart.
import pickle

import requests


class Reply:
    def __init__(self, default, body):
        self.default = default
        self.body = body


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    reply = Reply(b"\x80\x04N.", body)
    first = pickle.loads(reply.default)  # ok: the literal field
    second = pickle.loads(reply.body)  # want error PKL101 from net
    return first, second
