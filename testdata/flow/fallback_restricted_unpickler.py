# A restricted unpickler first, joblib when it refuses.
import pickle
import sys

import joblib


class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


def safe_load(path):
    try:
        with open(path, "rb") as handle:
            return Strict(handle).load()  # ok: no globals
    except pickle.UnpicklingError:
        return joblib.load(path)  # want warning PKL103 from argv


safe_load(sys.argv[1])  # source argv
