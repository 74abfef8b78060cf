# An own event emitter: callbacks are kept in a list and called later.
import pickle

import requests


class Emitter:
    def __init__(self):
        self.callbacks = []

    def on_data(self, callback):
        self.callbacks.append(callback)

    def emit(self, body):
        for callback in self.callbacks:
            callback(body)


def _decode(body):
    print(pickle.loads(body))  # want error PKL101 from net


def restore(url):
    emitter = Emitter()
    emitter.on_data(_decode)
    emitter.emit(requests.get(url, timeout=10).content)  # source net
