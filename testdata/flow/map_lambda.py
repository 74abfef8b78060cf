# map with a lambda that holds the sink.
import pickle

import requests


def restore(urls):
    bodies = map(lambda url: requests.get(url, timeout=10).content, urls)  # source net
    return list(map(lambda body: pickle.loads(body), bodies))  # want PKL101 from net
