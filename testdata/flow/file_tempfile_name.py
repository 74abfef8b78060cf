# A temporary file is written, then loaded by its name.
import tempfile

import requests
import torch


def restore(url):
    with tempfile.NamedTemporaryFile(suffix=".pt", delete=False) as out:
        out.write(requests.get(url, timeout=10).content)  # source net
        out.flush()
    return torch.load(out.name, weights_only=False)  # want error PKL201 from net
