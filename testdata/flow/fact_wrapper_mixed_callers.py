# The unsafe flag goes with our own file, the command line's file is loaded restricted.
# notes: ignored
import sys

import torch


def _load(path, weights_only=True):
    return torch.load(path, weights_only=weights_only)  # ok: no caller combines the two


def main():
    own = _load("own.pt", weights_only=False)
    return own, _load(sys.argv[1])


main()
