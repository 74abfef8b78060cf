# fire.Fire makes a command line of a function.
import pickle

import fire


def show(path):  # source path
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from path


if __name__ == "__main__":
    fire.Fire(show)
