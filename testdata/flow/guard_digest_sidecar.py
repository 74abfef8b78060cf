# The digest lies beside the file on the same server.
import hashlib
import urllib.request

import torch


def restore(url):
    path, _ = urllib.request.urlretrieve(url)  # source net
    expected = urllib.request.urlopen(url + ".sha256").read().decode().split()[0]
    with open(path, "rb") as f:
        if hashlib.sha256(f.read()).hexdigest() != expected:
            raise ValueError("bad digest")
    return torch.load(path, weights_only=False)  # want error PKL201 from net
