# A wrapper that turns the restriction off unless it is told otherwise.
import sys

import torch


def load(path, **options):
    options.setdefault("weights_only", False)
    return torch.load(path, **options)  # want warning PKL201 from argv


load(sys.argv[1], map_location="cpu")  # source argv
