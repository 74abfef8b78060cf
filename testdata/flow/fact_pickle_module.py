# pickle_module= turns the safe default off in every version.
import pickle
import sys

import dill
import torch


def main():
    path = sys.argv[1]  # source argv
    first = torch.load(path, pickle_module=dill)  # want warning PKL201 from argv
    second = torch.load(path, "cpu", pickle)  # want warning PKL201 from argv
    return first, second


main()
