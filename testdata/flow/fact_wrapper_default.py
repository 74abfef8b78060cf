# A default that is kept.
import sys

import torch


def _load(path, weights_only=True):
    return torch.load(path, weights_only=weights_only)  # ok: the default is kept


def _load_any(path, weights_only=False):
    return torch.load(path, weights_only=weights_only)  # want warning PKL201 from argv


def main():
    path = sys.argv[1]  # source argv
    return _load(path), _load_any(path)


main()
