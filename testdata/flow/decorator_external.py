# A decorator of a library that is not scanned leaves the function what it is.
import pickle

import requests
from tenacity import retry, stop_after_attempt


@retry(stop=stop_after_attempt(3))
def download(url):
    return requests.get(url, timeout=10).content  # source net


def restore(url):
    return pickle.loads(download(url))  # want PKL101 from net
