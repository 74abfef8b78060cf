# The result of a future is what the function returned.
import pickle
from concurrent.futures import ThreadPoolExecutor

import requests


def _download(url):
    return requests.get(url, timeout=10).content  # source net


def restore(url):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(_download, url)
    return pickle.loads(future.result())  # want PKL101 from net
