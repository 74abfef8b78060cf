# What a module has put into its tables by the time it calls a function, that function reads, whoever asks first.
import json
import os
import pickle

import requests

URL = "https://depot.example.org/"


def fetch(path, url=URL):
    with open(path, "wb") as f:
        f.write(requests.get(url).content)


class Json:
    def read(self, f):
        return json.load(f)


class Pickled:
    def read(self, f):
        return pickle.load(f)  # want warning PKL101


READERS = {"json": Json(), "pkl": Pickled()}
READERS["dat"] = READERS["pkl"]


def revive(path):
    with open(path, "rb") as f:
        return READERS[path.split(".")[-1]].read(f)


class Options:
    pass


OPTIONS = Options()
OPTIONS.decode = pickle.loads


def decoded(data):
    return OPTIONS.decode(data)  # want error PKL101


state = revive(os.path.join(os.environ["DEPOT_HOME"], "state.pkl"))
first = decoded(requests.get(URL).content)


def tile(kind):
    name = f"tile-{kind}"
    fetch(name)
    return pickle.load(open(name, "rb"))  # want error PKL101
