# A global flag that is reassigned is not a constant.
import sys

import torch

weights_only = True


def trust_everything():
    global weights_only
    weights_only = False


def main():
    path = sys.argv[1]  # source argv
    return torch.load(path, weights_only=weights_only)  # want PKL201 from argv


main()
