# contextlib.suppress changes nothing about the data.
import contextlib
import pickle

import requests


def restore(url):
    with contextlib.suppress(ValueError):
        body = requests.get(url, timeout=10).content  # source net
        return pickle.loads(body)  # want error PKL101 from net
    return None
