# The sink deep inside an expression, with attribute access on its result.
import pickle

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return sorted({"a": [pickle.loads(body).items()]}["a"])[0]  # want error PKL101 from net
