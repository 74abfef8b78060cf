# Functions defined in a function and handed to a library: what they store in its variables is there afterwards.
import pickle

import paho.mqtt.client as mqtt
import websocket
from flask import Flask, request

NEUTRAL = pickle.dumps({"gain": 1.0})


def assigned():
    payload = NEUTRAL

    def on_message(client, userdata, message):  # source assigned
        nonlocal payload
        payload = message.payload

    client = mqtt.Client()
    client.on_message = on_message
    client.loop_start()
    return pickle.loads(payload)  # want PKL101 from assigned


def event_beside(arrived):
    payload = NEUTRAL

    def on_message(client, userdata, message):  # source beside
        nonlocal payload
        payload = message.payload
        arrived.set()

    client = mqtt.Client()
    client.on_message = on_message
    arrived.wait()
    return pickle.loads(payload)  # want PKL101 from beside


def in_container():
    got = []

    def on_message(ws, message):  # source listed
        got.append(message)
        ws.close()

    websocket.WebSocketApp("wss://feed.example", on_message=on_message).run_forever()
    return pickle.loads(got[0])  # want PKL101 from listed


def a_lambda():
    got = []
    client = mqtt.Client()
    client.on_message = lambda c, u, m: got.append(m.payload)  # source lambda
    client.loop_forever()
    return pickle.loads(got[0])  # want PKL101 from lambda


def another_variable():
    payload, other = NEUTRAL, b""

    def on_message(client, userdata, message):
        nonlocal other
        other = message.payload

    client = mqtt.Client()
    client.on_message = on_message
    client.loop_start()
    return pickle.loads(payload), len(other)  # ok: another variable is foreign


def make_app():
    app = Flask(__name__)
    state, last = {}, None

    @app.get("/state")
    def read():
        return str(pickle.loads(state["saved"]))  # want PKL101 from saved

    @app.get("/seen")
    def seen():
        return str(pickle.loads(state["seen"]))  # ok: what lies there is ours

    @app.get("/last")
    def newest():
        return str(pickle.loads(last))  # want PKL101 from last

    @app.post("/state")
    def save():
        nonlocal last
        last = request.data  # source last
        state["saved"] = request.data  # source saved
        state["seen"] = pickle.dumps(len(last))
        return "ok"

    return app
