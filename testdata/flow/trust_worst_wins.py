# Two sources of different trust at one sink: the worst decides the level.
import pickle
import sys

import requests


def load(offline):
    if offline:
        data = open(sys.argv[1], "rb").read()  # source argv
    else:
        data = requests.get("https://example.com/state", timeout=10).content  # source net
    return pickle.loads(data)  # want error PKL101 from net  # want error PKL101 from argv


load("--offline" in sys.argv)
