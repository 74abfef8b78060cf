# itertools over tainted elements.
import itertools
import pickle

import requests


def restore(url):
    bodies = [requests.get(url, timeout=10).content]  # source net
    return [pickle.loads(body) for body in itertools.chain(bodies, [b"\x80\x04N."])]  # want PKL101 from net
