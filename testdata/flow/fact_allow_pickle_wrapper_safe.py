# The same wrappers, and the flag stays off.
import sys

import numpy as np


def _read(path, **options):
    return np.load(path, **options)  # ok: allow_pickle=False at the only call


def _read_objects(path, allow=False):
    return _read(path, mmap_mode=None, allow_pickle=allow)


def main():
    return _read_objects(sys.argv[1])


main()
