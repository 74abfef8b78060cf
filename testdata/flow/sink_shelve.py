# shelve.open of a path from the command line.
import shelve
import sys


def main():
    with shelve.open(sys.argv[1]) as shelf:  # want warning PKL104 from=user-file
        return dict(shelf)


def own():
    with shelve.open("state") as shelf:  # ok: a fixed file
        return dict(shelf)


main()
