# Only the key that holds the download is tainted.
import pickle

import requests


def _decode(**options):
    first = pickle.loads(options["fixed"])  # ok: the other key
    second = pickle.loads(options["data"])  # want PKL101 from net
    return first, second


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return _decode(fixed=b"\x80\x04N.", data=body)
