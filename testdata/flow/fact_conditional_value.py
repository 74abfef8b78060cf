# A conditional expression: one of its values is unsafe.
import sys

import torch


def main():
    path = sys.argv[1]  # source argv
    full = "--full" in sys.argv
    return torch.load(path, weights_only=False if full else True)  # want PKL201 from argv


main()
