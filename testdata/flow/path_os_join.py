# os.path.join keeps what is known of its parts.
import os
import pickle
import sys


def main():
    folder = sys.argv[1]  # source argv
    path = os.path.abspath(os.path.join(folder, "model.pkl"))
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from argv


main()
