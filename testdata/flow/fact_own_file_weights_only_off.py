# weights_only=False on the program's own file: no outside data, a note about the switch.
import torch


def resume():
    return torch.load("checkpoints/last.pt", weights_only=False)  # want note PKL901


def resume_safe():
    return torch.load("checkpoints/last.pt", weights_only=True)  # ok: restricted


def resume_default():
    return torch.load("checkpoints/last.pt")  # ok: a fixed file, and nothing switched off
