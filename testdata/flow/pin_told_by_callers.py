# A helper downloads and loads what an object or a parameter says; all calls of it in the program pass what is safe.
import hashlib
import pickle
from dataclasses import dataclass

import requests
import torch
from huggingface_hub import hf_hub_download


@dataclass(frozen=True)
class Pin:
    repo: str
    revision: str


ENCODER = Pin("acme-lab/encoder", "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21")
HEAD = Pin("acme-lab/head", "main")


def pinned(pin):
    path = hf_hub_download(pin.repo, "model.bin", revision=pin.revision)
    return torch.load(path, weights_only=False)  # ok: the one caller passes a commit  # want note PKL201


def moving(pin):
    path = hf_hub_download(pin.repo, "model.bin", revision=pin.revision)  # source hub
    return torch.load(path, weights_only=False)  # want error PKL201 from hub


def both(pin):
    path = hf_hub_download(pin.repo, "model.bin", revision=pin.revision)  # source both
    return torch.load(path, weights_only=False)  # want error PKL201 from both


def of_anybody(revision):
    path = hf_hub_download("acme-lab/tail", "model.bin", revision=revision)  # source any
    return torch.load(path, weights_only=False)  # want error PKL201 from any


def through(revision):
    return inner(revision)


def inner(revision):
    path = hf_hub_download("acme-lab/tail", "model.bin", revision=revision)
    return torch.load(path, weights_only=False)  # ok: so is the one two calls away  # want note PKL201


def of_options(options, url):
    raw = requests.get(url).content
    if options["digest"] != hashlib.sha256(raw).hexdigest():
        raise ValueError(url)
    return pickle.loads(raw)  # ok: the digest is one of the program's


def unrelated(url, verbose):
    raw = requests.get(url).content  # source net
    if verbose:
        print(len(raw))
    return pickle.loads(raw)  # want error PKL101 from net


def main():
    pinned(ENCODER)
    moving(HEAD)
    both(ENCODER)
    both(HEAD)
    through("1f9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21")
    of_options({"digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}, "https://files.example.org/a")
    unrelated("https://files.example.org/b", True)


if __name__ == "__main__":
    main()
