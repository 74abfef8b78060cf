# The value comes from a configuration: it may be False.
import json
import sys

import torch


def main():
    with open("config.json") as handle:
        config = json.load(handle)
    path = sys.argv[1]  # source argv
    return torch.load(path, weights_only=config["weights_only"])  # want PKL201 from argv


main()
