# A dict comprehension: values are loaded, keys are not.
import pickle

import requests


def restore(urls):
    bodies = {url: requests.get(url, timeout=10).content for url in urls}  # source net
    return {url: pickle.loads(body) for url, body in bodies.items()}  # want PKL101 from net
