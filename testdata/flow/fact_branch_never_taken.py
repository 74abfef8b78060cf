# The unsafe branch is behind a flag that nobody sets.
# notes: ignored
import sys

import torch


def _load(path, full=False):
    if full:
        return torch.load(path, weights_only=False)  # ok: nobody passes full
    return torch.load(path, weights_only=True)  # ok: restricted


def main():
    return _load(sys.argv[1])


main()
