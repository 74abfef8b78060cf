# pathlib: `/`, with_suffix, open, read_bytes.
import pickle
import sys
from pathlib import Path


def main():
    folder = Path(sys.argv[1])  # source argv
    path = (folder / "model").with_suffix(".pkl")
    with path.open("rb") as handle:
        first = pickle.load(handle)  # want warning PKL101 from argv
    second = pickle.loads(path.read_bytes())  # want warning PKL101 from argv
    return first, second


main()
