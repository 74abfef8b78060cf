# A safe loader with a constructor that imports what the document names.
import importlib
import sys

import yaml


class ObjectLoader(yaml.SafeLoader):
    pass


def _object(loader, suffix, node):
    module, name = suffix.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)(**loader.construct_mapping(node))


ObjectLoader.add_multi_constructor("!new:", _object)


def main():
    with open(sys.argv[1]) as handle:  # source argv
        return yaml.load(handle, Loader=ObjectLoader)  # want PKL401 from argv


main()
