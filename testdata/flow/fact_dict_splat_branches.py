# Keyword arguments that differ by branch: each way to the call counts, and one that leaves out a safe argument less.
import requests
import torch
import transformers
from library import is_version

BODY = requests.get("https://models.example.org/m.pt")  # source net


def off_on_one_branch(path, fast):
    with open(path, "wb") as out:
        out.write(BODY.content)
    if fast:
        options = {"weights_only": True}
    else:
        options = {"weights_only": False}
    return torch.load(path, **options)  # want error PKL201 from net


def on_in_both(path, fast):
    with open(path, "wb") as out:
        out.write(BODY.content)
    if fast:
        options = {"weights_only": True, "mmap": True}
    else:
        options = {"weights_only": True}
    return torch.load(path, **options)  # ok: on either way


def where_it_exists(path):
    with open(path, "wb") as out:
        out.write(BODY.content)
    options = {"weights_only": True} if is_version(">=", "1.13") else {}
    return torch.load(path, **options)  # want note PKL201 from net


def wrapper(path, weights_only=False):
    return torch.load(path, weights_only=weights_only)  # want error PKL201 from net


def through_a_wrapper(path, fast):
    with open(path, "wb") as out:
        out.write(BODY.content)
    options = {"weights_only": True} if fast else {}
    return wrapper(path, **options)


def local_or_nothing(name, local):
    trust = True if local else False
    return transformers.AutoModel.from_pretrained(name, trust_remote_code=trust)  # want warning PKL501
