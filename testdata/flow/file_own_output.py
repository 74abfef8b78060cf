# A file that the program writes itself, below a folder that its user names, is its own.
import argparse
import glob
import os
import pickle
from pathlib import Path

import requests
import torch
from flask import request

CACHE = os.environ.get("DEPOT_CACHE", os.path.expanduser("~/.cache/depot"))

parser = argparse.ArgumentParser()
parser.add_argument("--out-dir", default="out")
parser.add_argument("--init")
args = parser.parse_args()

torch.save({"step": 0}, os.path.join(args.out_dir, "step-0.pt"))
steps = glob.glob(os.path.join(args.out_dir, "step-*.pt"))
if steps:
    torch.load(max(steps), weights_only=False)  # want note PKL201
torch.load(os.path.join(args.out_dir, "teacher.pt"), weights_only=False)  # want warning PKL201
torch.load(args.init, weights_only=False)  # want warning PKL201


def cached(tag, make):
    path = os.path.join(CACHE, tag + ".pkl")
    if not os.path.exists(path):
        with open(path, "wb") as f:
            pickle.dump(make(), f)
    with open(path, "rb") as f:
        return pickle.load(f)  # want note PKL101


def seed():
    with open(os.path.join(CACHE, "seed.bin"), "rb") as f:
        return pickle.load(f)  # want warning PKL101


class Run:
    def __init__(self, options):
        self.options = options

    def save(self, n, state):
        torch.save(state, f"{self.options.out_dir}/run-{n}.ckpt")

    def resume(self, n):
        return torch.load(f"{self.options.out_dir}/run-{n}.ckpt", weights_only=False)  # want note PKL201

    def teacher(self, n):
        return torch.load(f"{self.options.out_dir}/teacher-{n}.ckpt", weights_only=False)  # want warning PKL201


run = Run(args)
run.save(1, {})
run.resume(1)
run.teacher(1)


def prepared(folder):
    path = Path(folder) / "prepared.pkl"
    if not path.exists():
        path.write_bytes(pickle.dumps([1, 2]))
    return restore(path)


def restore(path):
    return pickle.loads(path.read_bytes())  # want note PKL101


prepared(args.out_dir)


def fetched(folder):
    path = os.path.join(folder, "fetched.pkl")
    if not os.path.exists(path):
        with open(path, "wb") as f:
            f.write(requests.get("https://depot.example.org/fetched.pkl").content)  # source net
    with open(path, "rb") as f:
        return pickle.load(f)  # want error PKL101 from net


fetched(args.out_dir)


def asked():
    path = os.path.join(request.args["folder"], "asked.pkl")  # source asked
    if not os.path.exists(path):
        with open(path, "wb") as f:
            pickle.dump([], f)
    with open(path, "rb") as f:
        return pickle.load(f)  # want error PKL101 from asked


STATES = os.environ.get("DEPOT_STATES") or f"{os.path.dirname(__file__)}/states"
SUFFIX = f".{hash('depot')}.state"


def load_state(name):
    try:
        with open(f"{STATES}/{name}{SUFFIX}", "rb") as f:
            return pickle.loads(f.read())  # want note PKL101
    except FileNotFoundError:
        return None


def save_state(name, state):
    with open(f"{STATES}/{name}{SUFFIX}", "wb") as f:
        f.write(pickle.dumps(state))


def load_other(name):
    with open(f"{STATES}/{name}.other", "rb") as f:
        return pickle.loads(f.read())  # want warning PKL101
