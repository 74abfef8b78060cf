# The factory binds a literal; the caller's download goes to another parameter.
import pickle

import requests


def make_decoder(body):
    def decode(label):
        print(label)
        return pickle.loads(body)  # ok: body is the literal of the only call

    return decode


def restore(url):
    decoder = make_decoder(b"\x80\x04N.")
    return decoder(requests.get(url, timeout=10).text)
