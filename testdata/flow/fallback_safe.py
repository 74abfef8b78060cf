# The fallback is safe too.
import sys

import torch
from safetensors.torch import load_file


def load(path):
    try:
        return load_file(path)  # ok: tensors only
    except Exception:
        return torch.load(path, weights_only=True)  # ok: restricted


load(sys.argv[1])
