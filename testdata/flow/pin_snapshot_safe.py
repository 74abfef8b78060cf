# The snapshot of a commit, and a snapshot that is read as safetensors.
import os

import torch
from huggingface_hub import snapshot_download
from safetensors.torch import load_file

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def load():
    folder = snapshot_download("org/model", revision=COMMIT)
    return torch.load(os.path.join(folder, "pytorch_model.bin"), weights_only=True)  # ok: pinned and restricted


def load_tensors():
    folder = snapshot_download("org/model")
    return load_file(os.path.join(folder, "model.safetensors"))  # ok: tensors only
