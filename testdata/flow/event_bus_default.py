# A field that makes lists of handlers when a topic is asked for, and calls them with what is sent.
import json
import pickle
from collections import defaultdict

from flask import Flask, request

app = Flask(__name__)


class Topics:
    def __init__(self):
        self.handlers = defaultdict(list)

    def on(self, topic, handler):
        self.handlers[topic].append(handler)

    def send(self, topic, *args):
        for handler in self.handlers[topic]:
            handler(*args)


topics = Topics()


def restore(body, sender):
    return pickle.loads(body)  # want PKL101 from body


def note(body, sender):
    return json.loads(body)


topics.on("state", restore)
topics.on("state", note)


@app.post("/topic")
def receive():
    topics.send("state", request.get_data(), "own")  # source body
