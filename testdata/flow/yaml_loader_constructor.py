# A safe loader with a constructor of our own for one tag: harmless.
import os
import sys

import yaml


class EnvLoader(yaml.SafeLoader):
    pass


def _env(loader, node):
    return os.environ.get(loader.construct_scalar(node), "")


EnvLoader.add_constructor("!env", _env)


def main():
    with open(sys.argv[1]) as handle:
        return yaml.load(handle, Loader=EnvLoader)  # ok: the constructor only reads a variable


main()
