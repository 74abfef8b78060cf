# kwargs.setdefault gives a default that no caller overrides.
import sys

import torch


def _load(path, **options):
    options.setdefault("weights_only", True)
    return torch.load(path, **options)  # ok: True unless a caller says otherwise, and none does


def main():
    return _load(sys.argv[1], map_location="cpu")


main()
