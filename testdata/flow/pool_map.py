# multiprocessing.Pool.map with a function that holds the sink.
import multiprocessing
import pickle

import requests


def _decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(urls):
    bodies = [requests.get(url, timeout=10).content for url in urls]  # source net
    with multiprocessing.Pool() as pool:
        return pool.map(_decode, bodies)
