# A path built with an f-string from the command line.
import pickle
import sys


def main():
    name = sys.argv[1]  # source argv
    with open(f"models/{name}.pkl", "rb") as handle:
        return pickle.load(handle)  # want note PKL101 from argv


main()
