# A configuration whose path is written in the program is the program's own; what reached the file, or was merged in, stays.
import pickle
import sys

import requests
import torch
from hydra import compose
from mmengine import Config
from omegaconf import OmegaConf


def own():
    cfg = OmegaConf.load("own.yaml")
    return torch.load(cfg.weights, weights_only=False)  # want note PKL901


def own_merged():
    cfg = OmegaConf.merge(OmegaConf.load("own.yaml"), OmegaConf.create({"seed": 1}))
    return torch.load(cfg.weights, weights_only=False)  # want note PKL901


def own_python():
    cfg = Config.fromfile("configs/own.py")
    return torch.load(cfg.weights, weights_only=False)  # want note PKL901


def user():
    cfg = OmegaConf.load(sys.argv[1])  # source user
    return torch.load(cfg.weights, weights_only=False)  # want warning PKL201 from user


def user_python():
    cfg = Config.fromfile(sys.argv[1])  # source python
    return torch.load(cfg.weights, weights_only=False)  # want warning PKL201 from python


def options():
    cfg = OmegaConf.merge(OmegaConf.load("own.yaml"), OmegaConf.from_cli())  # source cli
    return torch.load(cfg.weights, weights_only=False)  # want warning PKL201 from cli


def overrides():
    cfg = compose(config_name="own", overrides=sys.argv[1:])  # source overrides
    return torch.load(cfg.weights, weights_only=False)  # want warning PKL201 from overrides


def made(url):
    cfg = OmegaConf.create(requests.get(url).text)  # source made
    return pickle.loads(OmegaConf.to_container(cfg)["state"])  # want error PKL101 from made


def written(url):
    with open("fetched.yaml", "w") as f:
        f.write(requests.get(url).text)  # source fetched
    cfg = OmegaConf.load("fetched.yaml")
    return pickle.loads(cfg.state)  # want error PKL101 from fetched


def saved(url):
    OmegaConf.save(OmegaConf.create({"state": requests.get(url).text}), "saved.yaml")  # source saved
    return pickle.loads(OmegaConf.load("saved.yaml").state)  # want error PKL101 from saved


own(), own_merged(), own_python(), user(), user_python(), options(), overrides()
