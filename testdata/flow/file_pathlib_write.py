# Path.write_bytes and Path.read_bytes.
import pickle
from pathlib import Path

import requests


def restore(url):
    path = Path("cache") / "state.pkl"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(requests.get(url, timeout=10).content)  # source net
    return pickle.loads(path.read_bytes())  # want error PKL101 from net
