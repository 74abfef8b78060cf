# A public function that loads its parameter: a note, its callers are elsewhere.
import pickle


def load(path):  # source path
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want note PKL101 from path


def loads(data):  # source data
    return pickle.loads(data)  # want note PKL101 from data
