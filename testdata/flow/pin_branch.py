# A branch, a tag, a short hash and None do not pin.
import pickle

from huggingface_hub import hf_hub_download


def load_branch():
    path = hf_hub_download("org/model", "encoder.pkl", revision="main")  # source main
    return pickle.load(open(path, "rb"))  # want error PKL101 from main


def load_tag():
    path = hf_hub_download("org/model", "encoder.pkl", revision="v1.0")  # source tag
    return pickle.load(open(path, "rb"))  # want error PKL101 from tag


def load_short():
    path = hf_hub_download("org/model", "encoder.pkl", revision="6a9dcb7")  # source short
    return pickle.load(open(path, "rb"))  # want error PKL101 from short


def load_none():
    path = hf_hub_download("org/model", "encoder.pkl", revision=None)  # source none
    return pickle.load(open(path, "rb"))  # want error PKL101 from none
