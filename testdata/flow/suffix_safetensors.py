# A suffix test decides which reader gets the file.
import sys

import torch
from safetensors.torch import load_file


def load(path):
    if path.endswith(".safetensors"):
        return load_file(path)  # ok: tensors only
    return torch.load(path, weights_only=False)  # want warning PKL201 from argv


load(sys.argv[1])  # source argv
