# `from m import f` binds the functions themselves.
from pickle import loads

from requests import get


def fetch(url):
    body = get(url, timeout=10).content  # source net
    return loads(body)  # want error PKL101 from net
