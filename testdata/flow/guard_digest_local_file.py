# The expected digest is read from a file that is installed with the program.
import hashlib
import pickle
from pathlib import Path

import requests

EXPECTED = Path(__file__).with_name("state.sha256")


def restore(url):
    body = requests.get(url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != EXPECTED.read_text().split()[0]:
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: the digest is installed with the program
