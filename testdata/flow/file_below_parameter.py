# One function fills a file below a folder, another reads it there; both are given the folder.
import hashlib
import os
import pickle
import sys

import requests
import torch

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _download(folder):
    with open(os.path.join(folder, "model.pt"), "wb") as file:
        file.write(requests.get("https://models.example.com/model.pt", timeout=10).content)  # source net


def _load(folder):
    return torch.load(os.path.join(folder, "model.pt"), weights_only=False)  # want error PKL201 from net


def _load_other(folder):
    return torch.load(os.path.join(folder, "other.pt"), weights_only=False)  # want note PKL901


def _read(folder):
    with open(os.path.join(folder, "model.pt"), "rb") as file:
        return file.read()


def restore():
    folder = "/var/cache/acme"
    _download(folder)
    _load_other(folder)
    pickle.loads(_read(folder))  # want error PKL101 from net
    return _load(folder)


def _verify(folder):
    with open(os.path.join(folder, "model.pt"), "rb") as file:
        if hashlib.sha256(file.read()).hexdigest() != EXPECTED:
            raise ValueError("bad digest")


def _load_checked(folder):
    return torch.load(os.path.join(folder, "model.pt"), weights_only=False)  # want note PKL901


def _read_path(path):
    with open(path, "rb") as file:
        return file.read()


def restore_path(folder):
    _download(folder)
    return pickle.loads(_read_path(os.path.join(folder, "model.pt")))  # want error PKL101 from net


def restore_checked(folder):
    _download(folder)
    _verify(folder)
    return _load_checked(folder)  # ok: the file was checked


def _save(folder, state):
    torch.save(state, os.path.join(folder, "best.pt"))


def _load_best(folder):
    return torch.load(os.path.join(folder, "best.pt"), weights_only=False)  # want note PKL901


def _load_last(folder):
    return torch.load(os.path.join(folder, "last.pt"), weights_only=False)  # want warning PKL201 from folder


def train():
    folder = sys.argv[1]  # source folder
    _save(folder, {})
    _load_best(folder)  # ok: written by this program
    return _load_last(folder)
