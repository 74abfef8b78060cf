# A path kept in a module constant, a class constant or a default is as good as a literal.
# notes: ignored
import pickle

CACHE = "state/cache.pkl"


class Settings:
    cache = "state/cache.pkl"


def load(path=CACHE):
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: only the default is used


def load_class():
    with open(Settings.cache, "rb") as handle:
        return pickle.load(handle)  # ok: a class constant


def main():
    return load(), load_class()
