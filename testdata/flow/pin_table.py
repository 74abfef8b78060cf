# What all rows of a table of objects or of dicts have in common holds for the row that a caller picks.
# notes: ignored
import hashlib
import pickle
from dataclasses import dataclass
from typing import NamedTuple

import requests
import torch
from huggingface_hub import hf_hub_download


@dataclass
class Pin:
    repo: str
    revision: str | None = None


class Release(NamedTuple):
    url: str
    digest: str


PINS = {
    "small": Pin("acme-lab/small", "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"),
    "large": Pin("acme-lab/large", revision="1f9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"),
}
ONE_MOVES = {"small": Pin("acme-lab/small", "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"), "large": Pin("acme-lab/large")}
ROWS = {"small": {"repo": "acme-lab/small", "revision": "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"}}
ONE_LACKS = {"small": {"repo": "acme-lab/small", "revision": "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"}, "large": {"repo": "acme-lab/large"}}
RELEASES = {
    "a": Release("https://files.example.org/a", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    "b": Release("https://files.example.org/b", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
}


def of_objects(name):
    pin = PINS[name]
    return torch.load(hf_hub_download(pin.repo, "m.bin", revision=pin.revision), weights_only=False)  # ok: all are commits


def one_moves(name):
    pin = ONE_MOVES[name]
    path = hf_hub_download(pin.repo, "m.bin", revision=pin.revision)  # source moves
    return torch.load(path, weights_only=False)  # want error PKL201 from moves


def of_rows(name):
    row = ROWS[name]
    return torch.load(hf_hub_download(row["repo"], "m.bin", revision=row["revision"]), weights_only=False)  # ok: a commit


def one_lacks(name):
    row = ONE_LACKS[name]
    path = hf_hub_download(row["repo"], "m.bin", revision=row.get("revision"))  # source lacks
    return torch.load(path, weights_only=False)  # want error PKL201 from lacks


def of_tuples(name):
    release = RELEASES[name]
    raw = requests.get(release.url).content
    if hashlib.sha256(raw).hexdigest() != release.digest:
        raise ValueError(name)
    return pickle.loads(raw)  # ok: each has its digest
