# A file of a hub repository without a commit: an error where it is unpickled.
import pickle

from huggingface_hub import hf_hub_download


def load():
    path = hf_hub_download("org/model", "encoder.pkl")  # source hub
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from hub
