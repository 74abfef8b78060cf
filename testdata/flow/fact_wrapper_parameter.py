# The wrapper passes the argument on: each caller decides.
import sys

import torch


def load(path, weights_only):
    return torch.load(path, map_location="cpu", weights_only=weights_only)  # want warning PKL201 from argv


def main():
    path = sys.argv[1]  # source argv
    return load(path, False)


main()
