# super() reaches the method of the base class.
import pickle

import requests


class Base:
    def decode(self, body):
        return pickle.loads(body)  # want PKL101 from net


class Child(Base):
    def decode(self, body):
        return super().decode(body[4:])


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return Child().decode(body)
