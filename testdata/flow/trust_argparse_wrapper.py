# The parsed arguments travel as a namespace through two functions.
import argparse
import pickle


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")  # source cli
    return parser.parse_args()


def load(options):
    with open(options.model, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from cli


if __name__ == "__main__":
    load(parse())
