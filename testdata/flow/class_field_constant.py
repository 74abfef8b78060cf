"""What only constructors store in a field holds for every method of the object."""

import io
from dataclasses import dataclass

import numpy as np
import requests
import torch
import yaml
from transformers import AutoModel, AutoTokenizer


class Strict:
    def __init__(self):
        self.weights_only = True

    def read(self, url):
        return torch.load(io.BytesIO(requests.get(url).content), weights_only=self.weights_only)  # ok: set once


class Loose:
    def __init__(self, device):
        self.device = device
        self.only = False

    def read(self, url):
        return torch.load(io.BytesIO(requests.get(url).content), map_location=self.device, weights_only=self.only)  # want error PKL201


class Turned:
    def __init__(self):
        self.safely = True

    def trust(self):
        self.safely = False

    def read(self, url):
        return torch.load(io.BytesIO(requests.get(url).content), weights_only=self.safely)  # want warning PKL201


class Chosen:
    def __init__(self):
        self.loader = yaml.CSafeLoader

    def read(self, url):
        return yaml.load(requests.get(url).text, Loader=self.loader)  # ok: set once


class Table:
    def __init__(self):
        self.arguments = {"allow_pickle": False}

    def read(self, url):
        return np.load(io.BytesIO(requests.get(url).content), **self.arguments)  # ok: a table of constants


class Permissive:
    def __init__(self):
        self.flags = {"allow_pickle": True}

    def read(self, url):
        return np.load(io.BytesIO(requests.get(url).content), **self.flags)  # want error PKL301


class Pinned:
    def __init__(self):
        self.revision = "9b1d0f4b7c1de4c2d6a0b3f58e77aa10c4d5e6f7"
        self.branch = "main"

    def model(self):
        return AutoModel.from_pretrained("acme-lab/x", trust_remote_code=True, revision=self.revision)  # want note PKL501

    def newest(self):
        return AutoModel.from_pretrained("acme-lab/x", trust_remote_code=True, revision=self.branch)  # want error PKL501


class Replaced:
    safe = False

    def __init__(self):
        self.safe = True

    def read(self, url):
        return torch.load(io.BytesIO(requests.get(url).content), weights_only=self.safe)  # ok: the constructor replaces it


class Engine:
    def __init__(self, name, trust: bool = False):
        self.name = name
        self.trust = trust

    def start(self):
        return AutoTokenizer.from_pretrained(self.name, trust_remote_code=self.trust)  # want error PKL501


Engine("acme-lab/chat", True).start()


class Careful:
    def __init__(self, name, trust=False):
        self.name = name
        self.trust = trust

    def start(self):
        return AutoTokenizer.from_pretrained(self.name, trust_remote_code=self.trust)  # ok: nobody switches it on


Careful("acme-lab/chat").start()


@dataclass
class Options:
    name: str
    trust: bool = False

    def start(self):
        return AutoTokenizer.from_pretrained(self.name, trust_remote_code=self.trust)  # want error PKL501


def main():
    Options("acme-lab/chat", trust=True).start()


class Reader:
    def __init__(self, form):
        self._form = form

    def build(self, data):
        if self._form == "torch":
            return torch.load(io.BytesIO(data), weights_only=False)  # want note PKL901
        return np.load(io.BytesIO(data))


def read_numpy(url):
    return Reader("numpy").build(requests.get(url).content)
