# The call overrides what partial bound.
import functools
import sys

import torch

load_safe = functools.partial(torch.load, weights_only=True)


def main():
    path = sys.argv[1]  # source argv
    return load_safe(path, weights_only=False)  # want warning PKL201 from argv


main()
