# A switch that data of others decides is as bad as it can be; one that the program or its user decides is not.
import argparse
import io
import json

import requests
import torch
from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel
from transformers import AutoModel

app = Flask(__name__)
api = FastAPI()


@app.post("/key")
def by_key():
    raw = io.BytesIO(request.data)  # source key
    return str(torch.load(raw, weights_only=request.args.get("safe")))  # want error PKL201 from key


@app.post("/compared")
def by_comparison():
    strict = request.args.get("strict", "1") in ("1", "true")
    raw = io.BytesIO(request.data)  # source compared
    return str(torch.load(raw, weights_only=not strict))  # want error PKL201 from compared


def restore(raw, safe=True):
    return torch.load(io.BytesIO(raw), weights_only=safe)  # want error PKL201 from passed


@app.post("/passed")
def passed():
    body = request.get_data()  # source passed
    return str(restore(body, safe=request.args["safe"] == "1"))


def fixed(raw, safe=True):
    return torch.load(io.BytesIO(raw), weights_only=safe)  # ok: the caller says True


@app.post("/fixed")
def constant():
    return str(fixed(request.get_data(), True))


def hub(**options):
    return AutoModel.from_pretrained("acme/encoder", **options)  # want error PKL501


@app.post("/hub")
def through_keywords():
    return str(hub(trust_remote_code=request.args.get("trust") == "yes"))


def answered(url):
    card = requests.get(url).json()
    return AutoModel.from_pretrained("acme/decoder", trust_remote_code=card["trust"])  # want error PKL501


class Job(BaseModel):
    name: str
    trust: bool = False


@api.post("/model")
def model(job: Job):
    return str(AutoModel.from_pretrained("acme/ranker", trust_remote_code=job.trust))  # want error PKL501


@api.get("/query")
def query(trust: bool = False):
    return str(AutoModel.from_pretrained("acme/reranker", trust_remote_code=trust))  # want error PKL501


def ours():
    with open("settings.json") as f:
        settings = json.load(f)
    return AutoModel.from_pretrained("acme/tagger", trust_remote_code=settings["trust"])  # want note PKL501


def user():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trust", action="store_true")
    args = parser.parse_args()
    return AutoModel.from_pretrained("acme/splitter", trust_remote_code=args.trust)  # want note PKL501


@app.post("/number")
def other_argument():
    raw = io.BytesIO(request.data)
    return str(torch.load(raw, map_location=request.args.get("device"), weights_only=True))  # ok: no switch is decided
