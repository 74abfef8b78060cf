# A switch of an options object counts as the object was made, not as the class says by default.
import io
from dataclasses import dataclass

import requests
import torch


@dataclass
class Options:
    device: str = "cpu"
    strict: bool = True


@dataclass
class Other:
    strict: bool = True


class Reader:
    def __init__(self, base: str, options: Options):
        self.base = base
        self.options = options

    def read(self, name):
        answer = requests.get(f"{self.base}/{name}.pt")  # source field
        return torch.load(io.BytesIO(answer.content), weights_only=self.options.strict)  # want error PKL201 from field


LOOSE = Options(device="cuda", strict=False)


def warm():
    return Reader("https://models.example", LOOSE).read("x")


def read(url, options: Options):
    answer = requests.get(url)  # source parameter
    return torch.load(io.BytesIO(answer.content), weights_only=options.strict)  # want error PKL201 from parameter


def direct():
    return read("https://models.example", Options(strict=False))


def careful(url, options: Other):
    answer = requests.get(url)
    return torch.load(io.BytesIO(answer.content), weights_only=options.strict)  # ok: nobody changes the default


def default():
    return careful("https://models.example", Other())
