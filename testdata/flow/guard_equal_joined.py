# notes: ignored
# A name that equals a constant, joined with what the program holds, is a path of the program.
import os
from pathlib import Path

import torch
from flask import Flask, abort, request

app = Flask(__name__)
ROOT = Path("/srv/narrate/voices")
CACHE = os.path.join("/var", "cache")
state = {"root": "/srv"}


@app.post("/branch")
def branch():
    voice = request.get_json()["voice"]  # source branch
    if voice == "stock/alba.pt":
        path = str(ROOT) + "/" + voice
    else:
        abort(404)
    return torch.load(path, weights_only=False)  # ok: the whole name is compared


@app.post("/early")
def early():
    voice = request.get_json()["voice"]
    if voice != "stock/alba.pt":
        abort(404)
    return torch.load(ROOT / voice, weights_only=False)  # ok: the whole name is compared


@app.post("/listed")
def listed():
    voice = request.get_json()["voice"]
    path = None
    if voice in ("a.pt", "b.pt"):
        path = os.path.join(CACHE, voice)
    elif voice == "c.pt":
        path = f"{ROOT}/{voice}"
    if path is None:
        abort(404)
    return torch.load(path, weights_only=False)  # ok: one of three


@app.post("/part")
def part():
    voice = request.get_json()["voice"]  # source part
    if voice.split("/")[0] == "stock":
        path = str(ROOT) + "/" + voice
    else:
        abort(404)
    return torch.load(path, weights_only=False)  # want error PKL201 from part


@app.post("/other")
def other():
    spec = request.get_json()  # source other
    if spec["voice"] == "stock/alba.pt":
        path = ROOT / spec["folder"] / spec["voice"]
    else:
        abort(404)
    return torch.load(path, weights_only=False)  # want error PKL201 from other


@app.post("/root")
def root():
    state["root"] = request.get_json()["root"]  # source root
    voice = request.get_json()["voice"]
    if voice != "stock/alba.pt":
        abort(404)
    return torch.load(state["root"] + "/" + voice, weights_only=False)  # want error PKL201 from root


@app.post("/after")
def after():
    voice = request.get_json()["voice"]
    if voice != "stock/alba.pt":
        abort(404)
    voice = request.get_json()["path"]  # source after
    return torch.load(ROOT / voice, weights_only=False)  # want error PKL201 from after
