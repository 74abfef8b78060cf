# An exception carries data to the handler that catches it, and to no other.
import pickle

import requests


class Rejected(Exception):
    def __init__(self, payload, note):
        self.payload = payload
        self.note = note


class Late(Exception):
    pass


class Busy(Rejected):
    pass


def send(url):
    raise Rejected(requests.get(url).content, pickle.dumps("own"))  # source reply


def relay(url):
    send(url)


def attribute(url):
    try:
        relay(url)
    except Rejected as e:
        pickle.loads(e.note)  # ok: the other field
        return pickle.loads(e.payload)  # want error PKL101 from reply


def another_class(url):
    try:
        relay(url)
    except Late as e:
        return pickle.loads(e.payload)  # want note PKL101


def arguments(url):
    try:
        raise Late(requests.get(url).content)  # source args
    except (KeyError, Late) as e:
        return pickle.loads(e.args[0])  # want error PKL101 from args


def builtin(url):
    try:
        raise ValueError(requests.get(url).content)  # source value
    except Exception as e:
        return pickle.loads(e.args[0])  # want error PKL101 from value


def below(url):
    try:
        if url:
            raise Busy(requests.get(url).content, b"")  # source busy
    except Rejected as error:
        pickle.loads(error.payload)  # want error PKL101 from busy


def again(url):
    try:
        below_again(url)
    except Busy as error:
        return pickle.loads(error.payload)  # want error PKL101 from again


def below_again(url):
    try:
        raise Busy(requests.get(url).content, b"")  # source again
    except Busy:
        print("busy")
        raise
