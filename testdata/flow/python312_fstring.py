# Python 3.12: quotes inside an f-string.
import pickle
import sys


def main():
    options = {"name": sys.argv[1]}  # source argv
    with open(f"states/{options["name"]}.pkl", "rb") as handle:
        return pickle.load(handle)  # want note PKL101 from argv


main()
