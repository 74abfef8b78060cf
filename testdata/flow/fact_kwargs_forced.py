# The wrapper forces the safe value, whatever the caller says.
import sys

import torch


def _load(path, **options):
    options["weights_only"] = True
    return torch.load(path, **options)  # ok: forced


def main():
    return _load(sys.argv[1], weights_only=False)


main()
