# Files below a constant folder that are named alike: what is written to one is read from another.
import os
import pickle
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
STORE = Path("/var/lib/app/parts")
OWN = Path("/var/lib/app/own")
FOLDER = "/var/lib/app/jobs"


@app.post("/part/<int:number>")
def save(number: int):
    (STORE / f"{number}.pkl").write_bytes(request.get_data())  # source part
    (OWN / f"{number}.pkl").write_bytes(pickle.dumps(number))
    return ""


@app.get("/part/<int:number>")
def show(number: int):
    return str(pickle.loads((STORE / f"{number}.pkl").read_bytes()))  # want error PKL101 from part


@app.get("/own/<int:number>")
def own(number: int):
    return str(pickle.loads((OWN / f"{number}.pkl").read_bytes()))  # ok: numbers that the program pickled


@app.post("/job/<int:number>")
def submit(number: int):
    with open(os.path.join(FOLDER, "job-%d.bin" % number), "wb") as f:
        f.write(request.get_data())  # source job
    return ""


def run(number: int):
    with open(os.path.join(FOLDER, "job-%d.bin" % number), "rb") as f:
        return pickle.load(f)  # want error PKL101 from job
