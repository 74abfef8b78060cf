# A revision that has to fit a pattern of commits is a pin; one that has to fit another pattern is not.
import re

from transformers import AutoModel

COMMIT = re.compile(r"[0-9a-f]{40}")
NAME = re.compile(r"[\w.-]+")


def commit(text):
    if not COMMIT.fullmatch(text):
        raise ValueError(text)
    return text


def name(text):
    if not NAME.fullmatch(text):
        raise ValueError(text)
    return text


def pinned(revision):
    return AutoModel.from_pretrained("acme/encoder", revision=commit(revision), trust_remote_code=True)  # want note PKL501


def anchored(revision):
    if not re.match(r"^[0-9a-f]{40}$", revision):
        raise ValueError(revision)
    return AutoModel.from_pretrained("acme/encoder", revision=revision, trust_remote_code=True)  # want note PKL501


def named(revision):
    return AutoModel.from_pretrained("acme/encoder", revision=name(revision), trust_remote_code=True)  # want error PKL501


def begins(revision):
    if not re.match(r"[0-9a-f]{40}", revision):
        raise ValueError(revision)
    return AutoModel.from_pretrained("acme/encoder", revision=revision, trust_remote_code=True)  # want warning PKL501
