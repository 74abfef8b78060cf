# The loader class is a parameter.
import sys

import yaml


def parse(text, loader=yaml.SafeLoader):
    return yaml.load(text, Loader=loader)  # want warning PKL401 from argv


def main():
    with open(sys.argv[1]) as handle:  # source argv
        text = handle.read()
    return parse(text), parse(text, yaml.Loader)


main()
