# Files found below a directory that the command line names.
import os
import pickle
import sys
from pathlib import Path


def main():
    root = sys.argv[1]  # source argv
    out = []
    for folder, _, names in os.walk(root):
        for name in names:
            out.append(pickle.load(open(os.path.join(folder, name), "rb")))  # want warning PKL101 from argv
    for path in sorted(Path(root).rglob("*.pkl")):
        out.append(pickle.loads(path.read_bytes()))  # want warning PKL101 from argv
    return out


main()
