# An unknown library call passes its argument on to its result.
import pickle

import requests
import snappy_frames


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(snappy_frames.unpack(body))  # want PKL101 from net
