# The wrapper passes the argument on, and every caller asks for tensors only.
import sys

import torch


def _load(path, weights_only):
    return torch.load(path, map_location="cpu", weights_only=weights_only)  # ok: True at every call


def main():
    return _load(sys.argv[1], True), _load(sys.argv[1], weights_only=True)


main()
