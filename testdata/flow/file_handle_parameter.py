# An open file is passed to the helper that loads it.
import pickle

from huggingface_hub import hf_hub_download


def read(handle):
    return pickle.load(handle)  # want error PKL101 from hub


def load():
    path = hf_hub_download("org/model", "scaler.pkl")  # source hub
    with open(path, "rb") as handle:
        return read(handle)
