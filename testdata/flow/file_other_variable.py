# The download goes to one path, the load reads another.
import pickle

import requests


def restore(url):
    download = "cache/download.bin"
    own = "cache/state.pkl"
    with open(download, "wb") as out:
        out.write(requests.get(url, timeout=10).content)
    with open(own, "rb") as handle:
        return pickle.load(handle)  # ok: not the downloaded file
