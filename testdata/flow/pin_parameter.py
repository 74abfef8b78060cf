# The revision is a parameter with a branch as its default.
import pickle

from huggingface_hub import hf_hub_download


def _download(name, revision="main"):
    return hf_hub_download("org/model", name, revision=revision)  # source hub


def load():
    with open(_download("encoder.pkl"), "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from hub
