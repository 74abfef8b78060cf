# torch.hub.load runs hubconf.py of the repository.
import torch

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def load():
    first = torch.hub.load("pytorch/vision", "resnet18")  # want error PKL205
    second = torch.hub.load("pytorch/vision:v0.10.0", "resnet18")  # want error PKL205
    third = torch.hub.load(f"pytorch/vision:{COMMIT}", "resnet18")  # ok: a commit
    fourth = torch.hub.load("third_party/vision", "resnet18", source="local")  # ok: a local copy
    return first, second, third, fourth
