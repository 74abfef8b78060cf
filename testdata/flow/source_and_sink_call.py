# Calls that fetch and unpickle by themselves.
import pandas
import torch


def frame():
    return pandas.read_pickle("https://example.com/frame.pkl")  # want PKL303


def weights():
    return torch.hub.load_state_dict_from_url("https://example.com/weights.pth")  # want error PKL202
