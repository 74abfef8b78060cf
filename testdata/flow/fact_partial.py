# functools.partial binds the keyword.
import functools
import sys

import torch

load_safe = functools.partial(torch.load, map_location="cpu", weights_only=True)
load_any = functools.partial(torch.load, map_location="cpu", weights_only=False)


def main():
    path = sys.argv[1]  # source argv
    first = load_safe(path)  # ok: bound to True
    second = load_any(path)  # want warning PKL201 from argv
    return first, second


main()
