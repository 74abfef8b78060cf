# The literal keyword decides.
import io

import requests
import torch


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    first = torch.load(io.BytesIO(body), weights_only=True)  # ok: restricted
    second = torch.load(io.BytesIO(body), weights_only=False)  # want error PKL201 from net
    third = torch.load(io.BytesIO(body))  # want warning PKL201 from net
    return first, second, third
