# A configuration of which the class was compared with names of the program's own builds no other, if nothing below it does.
import requests
from hydra.utils import instantiate

ALLOWED = {"acme.nets.Small", "acme.nets.Big"}


def listed(url):
    conf = requests.get(url).json()
    if conf["_target_"] not in ALLOWED:
        raise ValueError(conf["_target_"])
    return instantiate(conf, _recursive_=False)  # ok: one of two


def nested(url):
    conf = requests.get(url).json()  # source nested
    if conf["_target_"] not in ALLOWED:
        raise ValueError(conf["_target_"])
    return instantiate(conf)  # want error PKL405 from nested


def check(conf):
    if not conf["_target_"].startswith("acme.nets."):
        raise ValueError(conf["_target_"])


def prefixed(url):
    conf = requests.get(url).json()
    check(conf)
    return instantiate(conf, _recursive_=False)  # ok: of our own package


def other_key(url):
    conf = requests.get(url).json()  # source other
    if conf["name"] not in ALLOWED:
        raise ValueError(conf["name"])
    return instantiate(conf, _recursive_=False)  # want error PKL405 from other


def rebuilt(url):
    target = requests.get(url).json()["_target_"]
    if target not in ALLOWED:
        raise ValueError(target)
    return instantiate({"_target_": target, "width": 8})  # ok: what was compared is all that is theirs
