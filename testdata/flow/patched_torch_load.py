# torch.load is replaced for the whole program by one that is unsafe.
import functools
import sys

import torch

torch.load = functools.partial(torch.load, weights_only=False)


def load(path):
    return torch.load(path)  # want warning PKL201 from argv


load(sys.argv[1])  # source argv
