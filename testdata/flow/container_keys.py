# What methods keep under a key that callers pass is told apart by it.
import json
import pickle
from collections import defaultdict

from flask import Flask, request

app = Flask(__name__)


class Shelf:
    def __init__(self):
        self.rows = {}
        self.piles = {}
        self.stacks = defaultdict(list)

    def put(self, name, value):
        self.rows[name] = value

    def get(self, name):
        return self.rows[name]

    def pile(self, name, value):
        self.piles.setdefault(name, []).append(value)

    def last(self, name):
        return self.piles[name][-1]

    def push(self, name, value):
        self.stacks[name].append(value)

    def peek(self, name):
        return self.stacks[name][0]

    def revive(self, name):
        return pickle.loads(self.rows[name])  # want error PKL101 from put


SHELF = Shelf()
SHELF.put("own", pickle.dumps(1))
SHELF.pile("own", pickle.dumps(1))
SHELF.push("own", pickle.dumps(1))


@app.post("/fill")
def fill():
    SHELF.put("sent", request.data)  # source put
    SHELF.pile("sent", request.data)  # source pile
    SHELF.push("sent", request.data)  # source push
    return ""


@app.get("/sent")
def sent():
    pickle.loads(SHELF.get("sent"))  # want error PKL101 from put
    pickle.loads(SHELF.last("sent"))  # want error PKL101 from pile
    pickle.loads(SHELF.peek("sent"))  # want error PKL101 from push
    return ""


@app.get("/own")
def own():
    pickle.loads(SHELF.get("own"))  # ok: another key
    pickle.loads(SHELF.last("own"))  # ok: another key
    pickle.loads(SHELF.peek("own"))  # ok: another key
    return ""


@app.get("/revive")
def revive_sent():
    SHELF.revive("own")  # ok: another key
    SHELF.revive("sent")
    return ""


@app.get("/any/<name>")
def anything(name):
    pickle.loads(SHELF.get(name))  # want error PKL101 from put
    pickle.loads(SHELF.last(name))  # want error PKL101 from pile
    pickle.loads(SHELF.peek(name))  # want error PKL101 from push
    return json.dumps(name)


HANDLERS = {}


def on(topic, handler):
    HANDLERS.setdefault(topic, []).append(handler)


def emit(topic, body):
    for handler in HANDLERS.get(topic, []):
        handler(body)


def revive(body):
    return pickle.loads(body)  # want error PKL101 from emitted


def parse(body):
    return json.loads(body)


on("state", revive)
on("rows", parse)


@app.post("/emit")
def emit_state():
    emit("state", request.data)  # source emitted
    emit("rows", request.data)  # ok: the handler of that topic parses JSON
    return ""
