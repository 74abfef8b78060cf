# The same with a wrapper function.
import sys

import torch

_original_load = torch.load


def _load_everything(*args, **kwargs):
    kwargs["weights_only"] = False
    return _original_load(*args, **kwargs)  # want warning PKL201 from argv


torch.load = _load_everything


def main():
    return torch.load(sys.argv[1])  # source argv  # spurious warning PKL201: the replaced function of the library counts as called, too


main()
