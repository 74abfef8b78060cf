# functools.partial around the sink.
import functools
import pickle

import requests

decode = functools.partial(pickle.loads, encoding="latin-1")


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return decode(body)  # want PKL101 from net
