# A literal path in the project's own directory is trusted.
import os
import pickle
from pathlib import Path

HERE = Path(__file__).parent
NAME = "model.pkl"


def load():
    with open("model.pkl", "rb") as handle:
        first = pickle.load(handle)  # ok: a fixed file
    second = pickle.loads((HERE / NAME).read_bytes())  # ok: beside this module
    path = os.path.join(os.path.dirname(__file__), "data", NAME)
    with open(path, "rb") as handle:
        third = pickle.load(handle)  # ok: beside this module
    return first, second, third
