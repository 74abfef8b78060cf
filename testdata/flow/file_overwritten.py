# The downloaded file is replaced with our own pickle before it is loaded.
import pickle

import requests


def restore(url):
    path = "cache/state.pkl"
    reply = requests.get(url, timeout=10).json()
    with open(path, "wb") as out:
        pickle.dump({"reply": reply}, out)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # ok: pickled here
