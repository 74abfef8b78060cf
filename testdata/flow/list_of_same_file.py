# The types that are trusted are those that the file itself asks for: the file may be a parameter that a caller fills.
import sys

import skops.io as sio


def load_any(path):
    wanted = sio.get_untrusted_types(file=path)
    return sio.load(path, trusted=wanted)  # want warning PKL906 from argv


def load_reviewed(path):
    wanted = sio.get_untrusted_types(file="reviewed.skops")
    return sio.load(path, trusted=wanted)  # ok: the list of another file


load_any(sys.argv[1])  # source argv
load_reviewed(sys.argv[2])
