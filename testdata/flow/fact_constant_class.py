# The value is a class attribute, read through self.
import sys

import torch


class Loader:
    weights_only = True

    def load(self, path):
        return torch.load(path, weights_only=self.weights_only)  # ok: the class constant is True


def main():
    return Loader().load(sys.argv[1])


main()
