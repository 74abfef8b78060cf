# The flag is tested before the call: each branch has its own value.
import sys

import torch


def _load(path, full=False):
    if full:
        return torch.load(path, weights_only=False)  # want warning PKL201 from argv
    return torch.load(path, weights_only=True)  # ok: restricted


def main():
    path = sys.argv[1]  # source argv
    return _load(path, full=True)


main()
