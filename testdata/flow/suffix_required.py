# Other suffixes are refused: only safetensors files are read.
import sys
from pathlib import Path

from safetensors.torch import load_file


def load(path):
    path = Path(path)
    if path.suffix != ".safetensors":
        raise ValueError("only safetensors files are read")
    return load_file(path)  # ok: tensors only


load(sys.argv[1])
