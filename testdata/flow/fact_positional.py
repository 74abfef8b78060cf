# The argument by position: torch.load(f, map_location, pickle_module, weights_only is keyword), numpy.load(f, mmap, allow).
import sys

import numpy as np


def main():
    path = sys.argv[1]  # source argv
    first = np.load(path, None, True)  # want warning PKL301 from argv
    second = np.load(path, None, False)  # ok: off
    third = np.load(path, "r")  # ok: the default is off
    return first, second, third


main()
