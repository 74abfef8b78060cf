# A lambda bound to a name.
import pickle

import requests

decode = lambda body: pickle.loads(body)  # noqa: E731  # want PKL101 from net


def restore(url):
    return decode(requests.get(url, timeout=10).content)  # source net
