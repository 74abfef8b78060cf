# The first parameter of a static method is no object of the class: what it reads below it comes from those who call.
import pickle

import requests
import zmq


class Feed:
    def __init__(self, address):
        self.remote = zmq.Context.instance().socket(zmq.SUB)
        self.remote.connect(address)

    @staticmethod
    def take(sock):
        frame = sock.recv(copy=False)  # source frame
        return pickle.loads(frame.bytes)  # want error PKL101 from frame

    def next(self):
        return self.take(self.remote)

    @staticmethod
    def body(answer):
        return pickle.loads(answer.content)  # want error PKL101 from answer

    @staticmethod
    def header(answer):
        return pickle.loads(answer.content)  # ok: what is passed is our own


class Own:
    content = pickle.dumps([])


def fetch(url):
    return Feed.body(requests.get(url))  # source answer


def own():
    return Feed.header(Own())
