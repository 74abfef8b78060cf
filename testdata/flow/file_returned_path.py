# The download helper returns the path.
import os
import pickle

import requests


def download(url, folder):
    path = os.path.join(folder, url.rsplit("/", 1)[-1])
    response = requests.get(url, stream=True, timeout=10)  # source net
    with open(path, "wb") as out:
        for chunk in response.iter_content(8192):
            out.write(chunk)
    return path


def restore(url):
    path = download(url, "cache")
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
