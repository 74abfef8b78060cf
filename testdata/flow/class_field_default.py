# The default of a dataclass's field holds only for objects made without it.
import pickle
from dataclasses import dataclass

import requests


@dataclass
class Options:
    trusted: bool = False


class Fixed:
    trusted: bool = False


def load(url, options: Options):
    if not options.trusted:
        raise ValueError("not trusted")
    return pickle.loads(requests.get(url).content)  # source net  # want warning PKL101 from net


def load_fixed(url, options: Fixed):
    if not options.trusted:
        raise ValueError("not trusted")
    return pickle.loads(requests.get(url).content)  # ok: a constant of the class


def load_default(url):
    options = Options()
    if not options.trusted:
        raise ValueError("not trusted")
    return pickle.loads(requests.get(url).content)  # ok: made here, without it
