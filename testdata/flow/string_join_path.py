# A path joined from a list of parts.
import os
import pickle
import sys


def main():
    parts = ["models", sys.argv[1], "state.pkl"]  # source argv
    first = pickle.load(open("/".join(parts), "rb"))  # want note PKL101 from argv
    second = pickle.load(open(os.sep.join(parts), "rb"))  # want warning PKL101 from argv
    third = pickle.load(open(os.path.join(*parts), "rb"))  # want note PKL101 from argv
    return first, second, third


main()
