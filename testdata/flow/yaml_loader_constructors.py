# Constructors that are added to safe loaders: harmless ones, and others that build what the document asks for.
import importlib
import pickle
import sys

import yaml


class LambdaLoader(yaml.SafeLoader):
    pass


LambdaLoader.add_constructor("!eval", lambda loader, node: eval(node.value))


class CallLoader(yaml.SafeLoader):
    def __init__(self, stream):
        super().__init__(stream)
        self.add_constructor("!py", CallLoader.construct)

    def construct(self, node):
        return importlib.import_module(node.value)


class PickleLoader(yaml.CSafeLoader):
    pass


def _unpickle(loader, node):
    return pickle.loads(loader.construct_yaml_binary(node))  # want note PKL101


yaml.add_constructor("!pickle", _unpickle, Loader=PickleLoader)


class IncludeLoader(yaml.SafeLoader):
    pass


def _include(loader, node):
    with open("conf/" + loader.construct_scalar(node)) as handle:
        return yaml.load(handle, Loader=IncludeLoader)


def _attribute(loader, node):
    return getattr(node, "value", None)


IncludeLoader.add_constructor("!include", _include)
IncludeLoader.add_constructor("!raw", _attribute)


def main():
    text = sys.stdin.read()
    yaml.load(text, Loader=LambdaLoader)  # want warning PKL401
    yaml.load(text, Loader=CallLoader)  # want warning PKL401
    yaml.load(text, Loader=PickleLoader)  # want warning PKL401
    return yaml.load(text, Loader=IncludeLoader)  # ok: they only read


main()
