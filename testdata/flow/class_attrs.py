# attrs classes have generated constructors as well.
import pickle

import attr
import requests


@attr.s(auto_attribs=True)
class Reply:
    name: str
    body: bytes


def restore(url):
    reply = Reply("model", requests.get(url, timeout=10).content)  # source net
    return pickle.loads(reply.body)  # want PKL101 from net
