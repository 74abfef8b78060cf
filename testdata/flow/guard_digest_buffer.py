# Chunks go into a buffer in memory.
# notes: ignored
import hashlib
import io

import requests
import torch

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    buffer = io.BytesIO()
    digest = hashlib.sha256()
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
        buffer.write(chunk)
        digest.update(chunk)
    if digest.hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    buffer.seek(0)
    return torch.load(buffer, weights_only=False)  # ok: what the buffer holds was hashed


def restore_whole(url):
    buffer = io.BytesIO()
    for chunk in requests.get(url, stream=True, timeout=10).iter_content(8192):
        buffer.write(chunk)
    if hashlib.sha256(buffer.getvalue()).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    buffer.seek(0)
    return torch.load(buffer, weights_only=False)  # ok: hashed as a whole
