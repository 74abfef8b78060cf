# Tables of handlers by the end of a name that is known.
import json
import os
import pickle


class Json:
    def read(self, f):
        return json.load(f)


class Pickled:
    def read(self, f):
        return pickle.load(f)  # want note PKL101


HANDLERS = {"json": Json(), "pkl": Pickled()}


def by_table(path):
    with open(path, "rb") as f:
        return HANDLERS[path.rsplit(".", 1)[-1]].read(f)


settings = by_table(os.path.join(os.environ["DEPOT_HOME"], "settings.json"))


class PickledToo:
    def read(self, f):
        return pickle.load(f)  # want warning PKL101


HANDLERS_TOO = {"json": Json(), "pkl": PickledToo()}


def by_table_too(path):
    with open(path, "rb") as f:
        return HANDLERS_TOO[path.split(".")[-1]].read(f)


state = by_table_too(os.path.join(os.environ["DEPOT_HOME"], "state.pkl"))


