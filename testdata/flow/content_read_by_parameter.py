# The path of a downloaded file is passed on, and a library call reads names from that file.
import torch
from huggingface_hub import hf_hub_download


def allow(path):
    names = torch.serialization.get_unsafe_globals_in_checkpoint(path)
    torch.serialization.add_safe_globals(names)  # want PKL906 from hub


def prepare():
    allow(hf_hub_download("acme/sentiment", "model.bin"))  # source hub
