# **kwargs are passed through to the sink.
import sys

import torch


def load(path, **options):
    return torch.load(path, **options)  # want warning PKL201 from argv


def main():
    path = sys.argv[1]  # source argv
    return load(path, weights_only=False)


main()
