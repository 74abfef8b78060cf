# A string of which only the beginning is known: enough where a condition looks no further.
import os

from transformers import AutoModel


def fstring(name):
    return AutoModel.from_pretrained(f"./models/{name}")  # ok: a local directory


def added(name):
    return AutoModel.from_pretrained("./models/" + name)  # ok: a local directory


def percent(name):
    return AutoModel.from_pretrained("./models/%s" % name)  # ok: a local directory


def formatted(name):
    return AutoModel.from_pretrained("/models/{}".format(name))  # ok: a local directory


def joined(name):
    return AutoModel.from_pretrained(os.path.join("./models", name))  # ok: a local directory


def hub(name):
    return AutoModel.from_pretrained(f"org/{name}")  # want note PKL502


def too_little(name):
    return AutoModel.from_pretrained("." + name)  # want note PKL502
