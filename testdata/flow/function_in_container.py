# Functions that methods keep in fields, alone or in tables, and call from other methods.
import json
import pickle

import requests


def restore(blob):
    return pickle.loads(blob)  # want error PKL101 from single  # want error PKL101 from listed  # want error PKL101 from event


def parse(blob):
    return json.loads(blob)


class Single:
    def __init__(self):
        self.decode = restore
        self.check = parse

    def run(self, url):
        body = requests.get(url).content  # source single
        self.check(body)
        return self.decode(body)


class Bound:
    def __init__(self):
        self.on_data = self.consume

    def consume(self, blob):
        return pickle.loads(blob)  # want error PKL101 from bound

    def run(self, url):
        self.on_data(requests.get(url).content)  # source bound


class Table:
    def __init__(self):
        self.readers = {"blob": self.read_blob, "text": self.read_text}

    def read_blob(self, body):
        return pickle.loads(body)  # want error PKL101 from table

    def read_text(self, body):
        return json.loads(body)

    def handle(self, kind, url):
        return self.readers[kind](requests.get(url).content)  # source table

    def text(self, url):
        return self.readers["text"](requests.get(url).content)  # ok: the other entry


class Listeners:
    def __init__(self):
        self.hooks = []

    def subscribe(self, hook):
        self.hooks.append(hook)

    def start(self):
        self.subscribe(parse)
        self.hooks.append(restore)

    def publish(self, url):
        body = requests.get(url).content  # source listed
        for hook in self.hooks:
            hook(body)


class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, event, handler):
        self.handlers.setdefault(event, []).append(handler)

    def emit(self, event, payload):
        for handler in self.handlers.get(event, []):
            handler(payload)


bus = Bus()
bus.on("update", restore)


def update(url):
    bus.emit("update", requests.get(url).content)  # source event


LOADERS = {"b": pickle.loads, "j": json.loads}
PAIRS = {"b": (pickle.dumps, pickle.loads), "j": (json.dumps, json.loads)}


def loader(kind):
    return LOADERS[kind]


def load(url):
    loader("b")(requests.get(url).content)  # want error PKL101
    loader("j")(requests.get(url).content)  # ok: JSON


def load_pair(url, kind):
    PAIRS["j"][1](requests.get(url).content)  # ok: JSON
    return PAIRS[kind][1](requests.get(url).content)  # want error PKL101
