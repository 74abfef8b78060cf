# Branches that ask how a name ends, of names of which the end is known.
import json
import os
import pickle
from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import requests

URL = "https://example.org/tiles/rgb.tif"


def fetch(path, url=URL):
    with open(path, "wb") as f:
        f.write(requests.get(url).content)


def by_splitext(name):
    ext = os.path.splitext(name)[-1].lower()
    if ext == ".tif":
        return None
    elif ext in (".npy", ".npz"):
        return np.load(name, allow_pickle=True)  # want note PKL902
    return None


def splitext(folder):
    fetch("rgb.tif")
    by_splitext("rgb.tif")
    path = os.path.join(folder, "RGB.TIF")
    fetch(path)
    return by_splitext(path)


def by_splitext_too(name):
    root, ext = os.path.splitext(name)
    if ext != ".npy":
        return None
    return np.load(name, allow_pickle=True)  # want error PKL301


def splitext_too(folder):
    path = os.path.join(folder, "rgb.npy")
    fetch(path)
    return by_splitext_too(path)


def by_endswith(name):
    if str(name).endswith((".pkl", ".pickle")):
        return pickle.load(open(name, "rb"))  # ok: all callers give images
    return None


def endswith(folder):
    path = Path(folder) / os.path.basename(urlparse(URL).path)
    path.write_bytes(requests.get(URL).content)
    return by_endswith(path)


def by_endswith_too(name):
    if str(name).endswith((".pkl", ".tif")):
        return pickle.load(open(name, "rb"))  # want error PKL101
    return None


def endswith_too(folder):
    path = Path(folder) / os.path.basename(urlparse(URL).path)
    path.write_bytes(requests.get(URL).content)
    return by_endswith_too(path)


def by_suffix(path):
    if path.suffix == ".pkl":
        return pickle.loads(path.read_bytes())  # ok: all callers give tables
    return json.loads(path.read_text())


def suffix(folder, name):
    path = Path(folder, f"{name}.json")
    path.write_bytes(requests.get(URL).content)
    return by_suffix(path)


def by_suffix_too(path):
    if path.suffix == ".pkl":
        return pickle.loads(path.read_bytes())  # want error PKL101
    return json.loads(path.read_text())


def suffix_too(folder, name, plain):
    path = Path(folder, f"{name}.json")
    if not plain:
        path = Path(folder, name)
    path.write_bytes(requests.get(URL).content)
    return by_suffix_too(path)


def unknown(url):
    name = url.split("/")[-1]
    fetch(name, url)
    if name.endswith(".pkl"):
        return pickle.load(open(name, "rb"))  # want error PKL101
    if name.startswith("tile-") and os.path.splitext(name)[1] == ".npy":
        return np.load(name, allow_pickle=True)  # want error PKL301


def one_of_two(folder, flag, url):
    path = os.path.join(folder, "a.tif")
    if flag:
        path = os.path.join(folder, "a.pkl")
    fetch(path, url)
    if path.endswith(".pkl"):
        return pickle.load(open(path, "rb"))  # want error PKL101


def prefix(kind, url):
    name = f"tile-{kind}"
    fetch(name, url)
    if name.startswith("state-"):
        return pickle.load(open(name, "rb"))  # ok: it is a tile
    if name.startswith("tile-pkl"):
        return pickle.load(open(name, "rb"))  # want error PKL101
    if name == "state-":
        return pickle.load(open(name, "rb"))  # ok: it is a tile
