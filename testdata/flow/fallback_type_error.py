# The fallback for old versions without the argument is as unsafe.
import io

import requests
import torch


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    try:
        return torch.load(io.BytesIO(body), weights_only=True)  # ok: restricted
    except TypeError:
        return torch.load(io.BytesIO(body))  # want PKL201 from net
