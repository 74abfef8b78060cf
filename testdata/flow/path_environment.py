# A path from the environment is chosen by whoever starts the program.
import os
import pickle


def load():
    path = os.environ["MODEL_PATH"]  # source env
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from env


def load_getenv():
    path = os.getenv("MODEL_PATH", "model.pkl")  # source getenv
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want warning PKL101 from getenv
