# Tainted on one branch only: tainted after the join.
import pickle

import requests


def restore(url, offline):
    if offline:
        body = b"\x80\x04N."
    else:
        body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
