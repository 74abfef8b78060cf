# A file below the directory that snapshot_download gives.
import os

import torch
from huggingface_hub import snapshot_download


def load():
    folder = snapshot_download("org/model", allow_patterns=["*.bin"])  # source hub
    return torch.load(os.path.join(folder, "pytorch_model.bin"), weights_only=False)  # want error PKL201 from hub
