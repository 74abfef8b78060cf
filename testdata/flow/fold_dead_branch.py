"""A branch that constants exclude is none; one that they only exclude by default is one."""

import pickle

import dill
import requests
from flask import Flask, request

app = Flask(__name__)
ALLOW = False
LEVEL = 86


def unknown_and_off(url):
    body = requests.get(url).content
    if body and ALLOW:
        return dill.loads(body)  # ok: off
    return None


def unknown_or_on(url, quick):
    body = requests.get(url).content
    if quick or not ALLOW:
        return dill.loads(body)  # want error PKL102


def arithmetic(url):
    body = requests.get(url).content
    if 7 * 18 + LEVEL > 200:
        body = b"N."
    return pickle.loads(body)  # ok: always replaced


def arithmetic_not(url):
    body = requests.get(url).content
    if 7 * 18 + LEVEL < 200:
        body = b"N."
    return pickle.loads(body)  # want error PKL101


def letter(url):
    body = requests.get(url).content
    word = "safe"
    if word[0] == "s":
        body = b"N."
    return pickle.loads(body)  # ok: always replaced


def member(url):
    body = requests.get(url).content
    form = "json"
    if form in ("pickle", "dill"):
        return pickle.loads(body)  # ok: it is not
    return None


def is_member(url):
    body = requests.get(url).content
    form = "dill"
    if form in {"pickle": 1, "dill": 2}:
        return pickle.loads(body)  # want error PKL101
    return None


def matched(url):
    body = requests.get(url).content
    form = "json"
    match form:
        case "pickle":
            return pickle.loads(body)  # ok: it is json
        case _:
            return None


def decode(body, form="json", skip=False):
    if body and not skip and form in ["pickle"]:
        return pickle.loads(body)  # want error PKL101
    return None


def decode_json(body, form="json", skip=False):
    return pickle.loads(body) if "udf" in body and not skip else None  # ok: skipped by all callers


@app.post("/a")
def pickled():
    return decode(request.data, form="pickle")


@app.post("/b")
def skipped():
    return decode(request.data, form="pickle", skip=True)


@app.post("/c")
def skipping():
    return decode_json(request.data, skip=True)


def prefix(url):
    body = requests.get(url).content
    name = "model.npz"
    if name.endswith(".pkl"):
        return pickle.loads(body)  # ok: it does not
    return None
