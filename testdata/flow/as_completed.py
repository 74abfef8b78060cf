# concurrent.futures.as_completed over a dict of futures.
import pickle
from concurrent.futures import ThreadPoolExecutor, as_completed

import requests


def _download(url):
    return requests.get(url, timeout=10).content  # source net


def restore(urls):
    out = {}
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(_download, url): url for url in urls}
        for future in as_completed(futures):
            out[futures[future]] = pickle.loads(future.result())  # want error PKL101 from net
    return out
