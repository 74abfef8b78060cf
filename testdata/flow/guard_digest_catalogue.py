# A catalogue of models with their digests, each entry a mapping.
# notes: ignored
import hashlib
import os
import urllib.request

import torch

MODELS = {
    "tiny": {"url": "https://models.example.com/tiny.pt", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    "base": {"url": "https://models.example.com/base.pt", "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"},
}


def download(entry, root):
    target = os.path.join(root, os.path.basename(entry["url"]))
    if os.path.isfile(target):
        with open(target, "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() == entry["sha256"]:
                return target
    urllib.request.urlretrieve(entry["url"], target)
    with open(target, "rb") as f:
        if hashlib.sha256(f.read()).hexdigest() != entry["sha256"]:
            raise RuntimeError("the file was downloaded, but its digest does not fit")
    return target


def load(name, root="~/.cache/models"):
    path = download(MODELS[name], root)
    return torch.load(path, weights_only=False)  # ok: both ways out of download() checked the file
