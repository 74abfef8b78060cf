# A dict literal of options is splatted.
import sys

import torch

SAFE = {"map_location": "cpu", "weights_only": True}
UNSAFE = dict(map_location="cpu", weights_only=False)


def main():
    path = sys.argv[1]  # source argv
    first = torch.load(path, **SAFE)  # ok: weights_only=True
    second = torch.load(path, **UNSAFE)  # want warning PKL201 from argv
    options = {"map_location": "cpu"}
    options["weights_only"] = True
    third = torch.load(path, **options)  # ok: set below the literal
    return first, second, third


main()
