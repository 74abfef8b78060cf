# The value is a module constant.
import sys

import torch

WEIGHTS_ONLY = True
ALLOW = False


def main():
    path = sys.argv[1]  # source argv
    first = torch.load(path, weights_only=WEIGHTS_ONLY)  # ok: the constant is True
    second = torch.load(path, weights_only=ALLOW)  # want warning PKL201 from argv
    third = torch.load(path, weights_only=not ALLOW)  # ok: not False
    return first, second, third


main()
