# The else block runs only when the body succeeded.
import pickle

import requests


def restore(url):
    try:
        response = requests.get(url, timeout=10)  # source net
        response.raise_for_status()
    except requests.HTTPError:
        return None
    else:
        return pickle.loads(response.content)  # want error PKL101 from net
