# Downloaded only when the file is not there yet.
import os
import pickle
import urllib.request

URL = "https://example.com/state.pkl"
PATH = os.path.expanduser("~/.cache/app/state.pkl")


def current():
    if not os.path.exists(PATH):
        urllib.request.urlretrieve(URL, PATH)  # source net
    with open(PATH, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
