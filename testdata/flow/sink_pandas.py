# pandas.read_pickle of a path and of a URL.
import sys

import pandas as pd


def main():
    frame = pd.read_pickle(sys.argv[1])  # want warning PKL302 from=user-file
    remote = pd.read_pickle("https://example.com/frame.pkl")  # want PKL303
    own = pd.read_pickle("frame.pkl")  # ok: a fixed file
    table = pd.read_csv(sys.argv[1])  # ok: text
    return frame, remote, own, table


main()
