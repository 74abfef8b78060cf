# The only caller in the tree passes a literal, so the parameter is placed: nothing to say.
import pickle


def load(path):
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: its caller in this tree passes a fixed name


def main():
    return load("state.pkl")
