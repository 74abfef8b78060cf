"""Equality of a part of a path is no equality of the whole."""

import os
import pickle
import sys


def base_name():
    path = sys.argv[1]
    if os.path.basename(path) == "batch.pkl":
        return pickle.load(open(path, "rb"))  # want warning PKL101
    return None


def folder_name():
    path = sys.argv[1]
    if os.path.dirname(path) == "data":
        return pickle.load(open(path, "rb"))  # want warning PKL101
    return None


def last_part():
    path = sys.argv[1]
    if path.split("/")[-1] == "batch.pkl":
        return pickle.load(open(path, "rb"))  # want warning PKL101
    return None


def ending():
    path = sys.argv[1]
    if path[-4:] == ".pkl":
        return pickle.load(open(path, "rb"))  # want warning PKL101
    return None


def whole():
    path = sys.argv[1]
    if path == "data/batch.pkl":
        return pickle.load(open(path, "rb"))  # ok: a file of the program's own
    return None
