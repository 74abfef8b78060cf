# Comparing the host of the URL says where the bytes come from, not who wrote them.
import pickle
from urllib.parse import urlparse

import requests

HOSTS = {"models.example.com"}


def restore(url):
    if urlparse(url).hostname not in HOSTS:
        raise ValueError("unknown host")
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
