# A closure is returned and called by somebody else.
import pickle

import requests


def make_decoder(body):
    def decode():
        return pickle.loads(body)  # want PKL101 from net

    return decode


def restore(url):
    decoder = make_decoder(requests.get(url, timeout=10).content)  # source net
    return decoder()
