# A rule about a call alone says where what it is given comes from: the name, the switch, the socket's address.
import argparse

import zmq
from transformers import AutoModel, AutoTokenizer

NAME = "acme/reader"  # source name


def module_name():
    return AutoModel.from_pretrained(NAME, trust_remote_code=True)  # want PKL501 from name


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base-model", default="acme/base")  # source option
    parser.add_argument("--other")
    return parser.parse_args()


def from_option():
    opts = options()
    return AutoModel.from_pretrained(opts.base_model, trust_remote_code=True)  # want PKL501 from option


class Settings:
    def __init__(self, repo):
        self.repo = repo
        self.trust = True


class Reader:
    def __init__(self, settings: Settings):
        self.settings = settings

    def tokenizer(self):
        return AutoTokenizer.from_pretrained(self.settings.repo, trust_remote_code=self.settings.trust)  # want PKL501 from written


def build():
    return Reader(Settings("acme/reader")).tokenizer()  # source written


class Inbox:
    def __init__(self, host):
        context = zmq.Context()
        self.socket = context.socket(zmq.PULL)
        self.socket.bind(f"tcp://{host}:7000")

    def next(self):
        return self.socket.recv_pyobj()  # want PKL701 from host


def serve():
    return Inbox("0.0.0.0").next()  # source host


def connect(peer):  # source peer
    socket = zmq.Context().socket(zmq.SUB)
    socket.connect("tcp://" + peer)
    return socket.recv_pyobj()  # want PKL701 from peer


def unnamed(socket):  # source given
    return socket.recv_pyobj()  # want PKL701 from given


def fetched(name, revision=None):
    return prepare(name)


def prepare(name):
    return name.strip()


def first():
    name = fetched("acme/first")  # source first
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want PKL501 from first


def second():
    name = fetched("acme/second")  # source second
    return AutoModel.from_pretrained(name, trust_remote_code=True)  # want PKL501 from second


class Options:
    def __init__(self, name):
        self.name = name


class Loader:
    def __init__(self, options: Options):
        self.options = options

    def load(self):
        name = getattr(self.options, "name", None)
        return AutoModel.from_pretrained(name, trust_remote_code=True)  # want PKL501 from made


def load():
    return Loader(Options("acme/made")).load()  # source made
