# A safe default that one caller overrides.
import sys

import torch


def _load(path, weights_only=True):
    return torch.load(path, weights_only=weights_only)  # want warning PKL201 from argv


def main():
    safe = _load("own.pt")
    path = sys.argv[1]  # source argv
    return safe, _load(path, weights_only=False)


main()
