# A lambda keeps a value in a default.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    thunk = lambda data=body: pickle.loads(data)  # noqa: E731  # want PKL101 from net
    return thunk()
