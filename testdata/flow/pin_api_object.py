# The same download as a method of HfApi.
import pickle

from huggingface_hub import HfApi


def load():
    api = HfApi()
    path = api.hf_hub_download("org/model", "encoder.pkl")  # source hub
    return pickle.load(open(path, "rb"))  # want error PKL101 from hub
