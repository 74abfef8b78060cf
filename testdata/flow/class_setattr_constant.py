# setattr and getattr with constant names are attribute accesses.
import pickle

import requests


class Box:
    pass


def restore(url):
    box = Box()
    setattr(box, "body", requests.get(url, timeout=10).content)  # source net
    return pickle.loads(getattr(box, "body"))  # want PKL101 from net
