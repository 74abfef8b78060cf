# concurrent.futures: submit calls the function with the other arguments.
import pickle
from concurrent.futures import ThreadPoolExecutor

import requests


def _decode(body):
    return pickle.loads(body)  # want PKL101 from net


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    with ThreadPoolExecutor() as pool:
        return pool.submit(_decode, body).result()
