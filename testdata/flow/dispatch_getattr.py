# getattr with a constant name finds the method.
import pickle

import requests


class Codec:
    def decode_state(self, body):
        return pickle.loads(body)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return getattr(Codec(), "decode_state")(body)
