# Data that is only a part of a path names a file below a folder of the program's own. A request may still choose another
# one ("../"), so it keeps its level; what comes from elsewhere is lowered.
import os
import pickle
import sys
from pathlib import Path

import requests
import torch
from flask import Flask, request
from huggingface_hub import hf_hub_download

app = Flask(__name__)
CACHE = "/var/cache/service"


def read(path):
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from whole  # want error PKL101 from name


def named_by_the_network():
    size = requests.get("https://example.org/size").json()["size"]
    with open(f"{CACHE}/features_{size}.pkl", "rb") as handle:
        return pickle.load(handle)  # want note PKL101


def downloaded():
    path = hf_hub_download("org/model", "model.pkl")
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101


def below_a_downloaded_folder():
    path = hf_hub_download("org/model", "config.json")
    return torch.load(os.path.join(os.path.dirname(path), "model.pt"), weights_only=False)  # want error PKL201


def another_file(features):
    path = hf_hub_download("org/model", "config.json")
    return torch.load(features + "_" + os.path.basename(path) + ".pt", weights_only=False)  # want note PKL201


@app.get("/models")
def asked_for():
    name = request.args["name"]  # source name
    return str(read(os.path.join(CACHE, name)))


def command_line():
    read(sys.argv[1])  # source whole
    torch.load(os.path.join(sys.argv[2], "model.pt"), weights_only=False)  # want warning PKL201
    torch.load(Path(CACHE) / sys.argv[3], weights_only=False)  # want note PKL201
    torch.load("%s/%s.pt" % (CACHE, sys.argv[4]), weights_only=False)  # want note PKL201
    torch.load("./" + sys.argv[5], weights_only=False)  # want warning PKL201
    torch.load("file://" + sys.argv[6], weights_only=False)  # want warning PKL201
    torch.load(os.path.join(os.getcwd(), sys.argv[8]), weights_only=False)  # want warning PKL201
    return torch.load("models/{}.pt".format(sys.argv[7]), weights_only=False)  # want note PKL201


def bytes_are_no_path():
    head = b"\x80\x04"
    return pickle.loads(head + requests.get("https://example.org/rest").content)  # want error PKL101
