# A 40-digit commit pins what is downloaded.
import pickle

from huggingface_hub import hf_hub_download

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def load():
    path = hf_hub_download("org/model", "encoder.pkl", revision=COMMIT)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: a reviewed commit


def load_literal():
    path = hf_hub_download("org/model", "encoder.pkl", revision="6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21")
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: a reviewed commit
