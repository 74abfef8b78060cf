# A generator expression.
import pickle

import requests


def restore(urls):
    bodies = (requests.get(url, timeout=10).content for url in urls)  # source net
    return list(pickle.loads(body) for body in bodies)  # want PKL101 from net
