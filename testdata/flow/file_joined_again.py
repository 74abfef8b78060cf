"""A helper downloads below a folder, and the caller puts the same path together again."""

import os
import pickle
from pathlib import Path

import requests

CACHE = os.path.expanduser("~/.cache/acme")


def save(url, folder, name):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(requests.get(url).content)


def constant():
    save("https://example.org/m.pkl", CACHE, "m.pkl")
    with open(os.path.join(CACHE, "m.pkl"), "rb") as f:
        return pickle.load(f)  # want error PKL101


def other_name():
    save("https://example.org/m.pkl", CACHE, "x.bin")
    with open(os.path.join(CACHE, "own", "z.pkl"), "rb") as f:
        return pickle.load(f)  # ok: another file


def save_as_called(url, folder):
    name = url.split("/")[-1]
    (Path(folder) / name).write_bytes(requests.get(url).content)


def named_by_address(folder):
    save_as_called("https://example.org/m.pkl", folder)
    with open(Path(folder) / "m.pkl", "rb") as f:
        return pickle.load(f)  # want error PKL101


def save_somewhere(url, file=None, folder=None):
    target = Path(folder or ".") / (file or url.rsplit("/")[-1])
    with open(target, "wb") as out:
        for chunk in requests.get(url, stream=True).iter_content(8192):  # source net
            out.write(chunk)


def cached(name):
    file = Path(name)
    if not file.exists():
        save_somewhere("https://example.org/" + name, file=file)
    with open(file, "rb") as f:
        return pickle.load(f)  # want note PKL101 from=library  # missing PKL101 from net: a path that is one of two, and made of the parameter in another function
