# numpy.load(...).item() is the usual way to keep a dict in an .npy file.
import numpy as np
import requests


def restore(url):
    with open("stats.npy", "wb") as out:
        out.write(requests.get(url, timeout=10).content)  # source net
    return np.load("stats.npy", allow_pickle=True).item()  # want error PKL301 from net


def own():
    return np.load("own.npy", allow_pickle=True).item()  # want note PKL902
