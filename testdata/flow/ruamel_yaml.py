# ruamel.yaml: the type of the object decides.
import sys

from ruamel.yaml import YAML


def main():
    text = open(sys.argv[1]).read()
    first = YAML(typ="safe").load(text)  # ok: plain values
    second = YAML().load(text)  # ok: the round-trip type keeps tags as data
    third = YAML(typ="unsafe").load(text)  # want note PKL403  # want warning PKL402
    return first, second, third


main()
