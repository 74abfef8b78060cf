# Downloaders that check a digest by themselves when they are given one.
import pickle

import torch
from torchvision.datasets.utils import download_url

URL = "https://example.com/model.pkl"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore():
    torch.hub.download_url_to_file(URL, "model.pkl", hash_prefix=DIGEST)
    with open("model.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: checked by the downloader


def restore_unchecked():
    torch.hub.download_url_to_file(URL, "other.pkl")  # source net
    with open("other.pkl", "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net


def prepare():
    download_url(URL, "data")
