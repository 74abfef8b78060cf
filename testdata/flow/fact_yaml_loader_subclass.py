# A loader of our own: its base decides.
import sys

import yaml


class EnvLoader(yaml.SafeLoader):
    pass


class TagLoader(yaml.Loader):
    pass


def main():
    text = open(sys.argv[1]).read()  # source argv
    first = yaml.load(text, Loader=EnvLoader)  # ok: derives from SafeLoader
    second = yaml.load(text, Loader=TagLoader)  # want warning PKL401 from argv
    return first, second


main()
