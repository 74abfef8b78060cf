# getattr on a module with a constant name.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return getattr(pickle, "loads")(body)  # want PKL101 from net
