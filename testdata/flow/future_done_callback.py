# A done callback gets the future, its result is what the function returned.
import pickle
from concurrent.futures import ThreadPoolExecutor

import requests


def _download(url):
    return requests.get(url, timeout=10).content  # source net


def _done(future):
    print(pickle.loads(future.result()))  # want error PKL101 from net


def restore(url):
    with ThreadPoolExecutor() as pool:
        pool.submit(_download, url).add_done_callback(_done)
