# skops: the list of trusted types must not come from the file itself.
import sys

import skops.io as sio


def main():
    path = sys.argv[1]  # source argv
    first = sio.load(path, trusted=["my.Transformer"])  # ok: a reviewed list
    second = sio.load(path, trusted=sio.get_untrusted_types(file=path))  # want warning PKL906 from argv
    return first, second


main()
