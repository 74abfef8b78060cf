"""A call is told as the worst of what callers make of it, not as what the first one does."""
from transformers import AutoModel


def load(name, config, trust):
    return AutoModel.from_pretrained(name, trust_remote_code=trust)  # want error PKL501


def first(config):
    return load("org/model", config, config.get("trust", flag()))


def second(config):
    return load("org/model", config, True)


def load_maybe(name, trust):
    return AutoModel.from_pretrained(name, trust_remote_code=trust)  # want note PKL501


def third(config):
    return load_maybe("org/model", config.get("trust", flag()))
