# Functions that libraries call with what they decode or what objects are made of: decoders, validators, converters.
import base64
import json
import pickle
import socket
from typing import Annotated, Any

import msgpack
import requests
from django.dispatch import Signal
from fastapi import FastAPI, Request
from flask import Flask, request
from joblib import delayed
from pydantic import AfterValidator, BaseModel, BeforeValidator, field_validator, model_validator

app = FastAPI()
site = Flask(__name__)


class Rich(json.JSONDecoder):
    def __init__(self, **options):
        super().__init__(object_hook=self.rebuild, **options)

    def rebuild(self, obj):
        return pickle.loads(bytes.fromhex(obj["code"]))  # want error PKL101


class Whole(json.JSONDecoder):
    def decode(self, text):
        return pickle.loads(bytes.fromhex(super().decode(text)))  # want error PKL101


class Plain(json.JSONDecoder):
    def decode(self, text):
        super().decode(text)
        return pickle.loads(b"N.")  # ok: the program's own


def revive(obj):
    return pickle.loads(bytes.fromhex(obj["code"]))  # want error PKL101


DECODER = json.JSONDecoder(object_hook=revive)


@site.post("/decode")
def decode():
    text = request.get_data(as_text=True)
    return str([json.loads(text, cls=Rich), json.loads(text, cls=Whole), json.loads(text, cls=Plain), DECODER.decode(text)])


class Plan(BaseModel):
    graph: Any
    title: str

    @field_validator("graph", mode="before")
    @classmethod
    def unpack(cls, value):
        return pickle.loads(base64.b64decode(value))  # want error PKL101

    @field_validator("title")
    @classmethod
    def tidy(cls, value):
        return json.loads(value)


@app.post("/plans")
def plans(plan: Plan):
    return plan.title


def opened(value):
    return pickle.loads(base64.b64decode(value))  # want error PKL101


def parsed(value):
    return json.loads(value)


class Job(BaseModel):
    body: Annotated[Any, BeforeValidator(opened)]
    meta: Annotated[Any, AfterValidator(parsed)]


@site.post("/jobs")
def jobs():
    return str(Job.model_validate(request.get_json()))


class Task(BaseModel):
    body: Any

    @model_validator(mode="before")
    @classmethod
    def open_all(cls, data):
        return {"body": pickle.loads(base64.b64decode(data["body"]))}  # want error PKL101


@app.post("/tasks")
async def tasks(raw: Request):
    return Task(**await raw.json())


class Own(BaseModel):
    body: Any

    @field_validator("body")
    @classmethod
    def unpack_own(cls, value):
        return pickle.loads(value)  # ok: what the program gives


OWN = Own(body=b"N.")


def score(raw, row):
    return pickle.loads(raw)[row]  # want error PKL101


@site.post("/score")
def scores():
    run = delayed(score)
    return str([run(request.data, row) for row in range(3)])


def hooked(pairs):
    return {key: pickle.loads(value) for key, value in pairs}  # want error PKL101


def answer(url):
    return requests.get(url).json(object_pairs_hook=hooked)


def unpacked(code, data):
    return pickle.loads(data)  # want error PKL101


def stream(port):
    decoder = msgpack.Unpacker(ext_hook=unpacked)
    with socket.create_connection(("peer.example", port)) as conn:
        decoder.feed(conn.recv(4096))
    return list(decoder)


saved = Signal()
ignored = Signal()


def on_saved(sender, body, **kwargs):
    return pickle.loads(body)  # want error PKL101


def on_ignored(sender, body, **kwargs):
    return pickle.loads(body)  # ok: only the program's own is sent


saved.connect(on_saved)
ignored.connect(on_ignored)
ignored.send(sender=None, body=b"N.")


@site.post("/saved")
def save():
    return str(saved.send(sender=None, body=request.data))
