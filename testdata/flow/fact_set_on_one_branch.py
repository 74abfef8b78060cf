"""An argument that only one branch sets has its default on the other."""

import io

import requests
import torch


def one_branch(url, new):
    options = {}
    if new:
        options["weights_only"] = True
    else:
        options["weights_only"] = False
    return torch.load(io.BytesIO(requests.get(url).content), **options)  # want error PKL201


def always(url, mapped):
    options = {"weights_only": True}
    if mapped:
        options["map_location"] = "cpu"
    return torch.load(io.BytesIO(requests.get(url).content), **options)  # ok: set on every way


def turned_off(url, trusted):
    options = {"weights_only": True}
    if trusted:
        options["weights_only"] = False
    return torch.load(io.BytesIO(requests.get(url).content), **options)  # want error PKL201
