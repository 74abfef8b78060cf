# A starred target takes the rest.
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    head, *rest = [b"\x80\x04N.", response.content, response.content]
    first = pickle.loads(head)  # ok: the first element is a literal
    return first, [pickle.loads(part) for part in rest]  # want PKL101 from net
