# getattr(yaml, "CLoader", yaml.Loader) is unsafe both ways; with safe names it is safe.
import sys

import yaml

Loader = getattr(yaml, "CLoader", yaml.Loader)
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main():
    text = open(sys.argv[1]).read()  # source argv
    first = yaml.load(text, Loader=Loader)  # want PKL401 from argv
    second = yaml.load(text, Loader=SafeLoader)  # ok: safe both ways
    return first, second


main()
