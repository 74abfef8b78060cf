# A number carries no payload, whatever it was computed from.
import argparse
import pickle
from typing import Optional


def restore(blob, steps: Optional[int] = None):
    state = {"steps": steps, "blob": blob}
    return state


def revive(count: int):
    return pickle.loads(count)  # want note PKL101 from=unknown


def resume(data):
    return pickle.loads(data)  # want warning PKL101 from options


def main():
    options = argparse.ArgumentParser().parse_args()  # source options
    revive(options.count)
    resume(options.data)
    return restore(b"", options.steps)
