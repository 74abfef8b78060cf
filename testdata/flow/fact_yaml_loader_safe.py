# The loader class is a parameter, a safe one at every call.
import sys

import yaml

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:
    from yaml import SafeLoader as FastLoader


def _parse(text, loader=yaml.SafeLoader):
    return yaml.load(text, Loader=loader)  # ok: SafeLoader or CSafeLoader


def main():
    with open(sys.argv[1]) as handle:
        text = handle.read()
    return _parse(text), _parse(text, FastLoader), yaml.load(text, getattr(yaml, "CSafeLoader"))  # ok: safe


main()
