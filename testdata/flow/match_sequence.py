# A sequence pattern binds elements.
import pickle

import requests


def restore(url):
    match (b"\x80\x04N.", requests.get(url, timeout=10).content):  # source net
        case (fixed, body):
            return pickle.loads(fixed), pickle.loads(body)  # want PKL101 from net
