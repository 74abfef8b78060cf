# raise_for_status of httpx gives the answer back; that of requests gives nothing.
import pickle

import httpx
import requests


def chained(url):
    return pickle.loads(httpx.get(url).raise_for_status().content)  # want error PKL101 from=network-response


def status(url):
    answer = requests.get(url)
    return pickle.loads(pickle.dumps(answer.raise_for_status()))  # ok: None
