# Bytes from standard input.
import pickle
import sys


def main():
    data = sys.stdin.buffer.read()  # source stdin
    return pickle.loads(data)  # want warning PKL101 from stdin


main()
