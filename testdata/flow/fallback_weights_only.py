# Safe first, and unsafe when that fails: the attacker chooses which.
import sys

import torch


def load(path):
    try:
        return torch.load(path, weights_only=True)  # ok: restricted
    except Exception:
        return torch.load(path, weights_only=False)  # want warning PKL201 from argv


load(sys.argv[1])  # source argv
