# Executor.map calls the function with each element and gives the results.
import pickle
from concurrent.futures import ThreadPoolExecutor

import requests


def _download(url):
    return requests.get(url, timeout=10).content  # source net


def restore(urls):
    with ThreadPoolExecutor() as pool:
        return [pickle.loads(body) for body in pool.map(_download, urls)]  # want PKL101 from net
