# Nested try statements; the inner handler returns.
import pickle

import requests


def restore(url):
    try:
        try:
            body = requests.get(url, timeout=10).content  # source net
        except OSError:
            return None
        return pickle.loads(body)  # want error PKL101 from net
    except pickle.UnpicklingError:
        return None
