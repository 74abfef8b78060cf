# The flag travels through two wrappers.
import sys

import numpy as np


def _read(path, **options):
    return np.load(path, **options)  # want warning PKL301 from argv


def _read_objects(path, allow=True):
    return _read(path, mmap_mode=None, allow_pickle=allow)


def main():
    path = sys.argv[1]  # source argv
    return _read_objects(path)


main()
