# The revision is a parameter whose default is a commit.
import pickle

from huggingface_hub import hf_hub_download

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def _download(name, revision=COMMIT):
    return hf_hub_download("org/model", name, revision=revision)


def load():
    with open(_download("encoder.pkl"), "rb") as handle:
        return pickle.load(handle)  # ok: the commit is the default and nobody changes it
