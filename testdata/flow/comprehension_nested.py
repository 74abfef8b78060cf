# Two for clauses.
import pickle

import requests


def restore(urls):
    pages = [requests.get(url, timeout=10).content.split(b"\0") for url in urls]  # source net
    return [pickle.loads(part) for page in pages for part in page]  # want PKL101 from net
