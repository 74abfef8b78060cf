# load_state_dict_from_url downloads and unpickles in one call.
import torch
from torch.hub import load_state_dict_from_url

URL = "https://example.com/resnet18-5c106cde.pth"


def load():
    first = load_state_dict_from_url(URL, progress=False)  # want error PKL202
    second = torch.hub.load_state_dict_from_url(URL, weights_only=True)  # ok: tensors only
    third = torch.hub.load_state_dict_from_url(URL, check_hash=True)  # want warning PKL202
    return first, second, third
