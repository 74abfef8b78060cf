# `from m import f as g`.
from pickle import loads as decode

from requests import get as http_get


def fetch(url):
    body = http_get(url, timeout=10).content  # source net
    return decode(body)  # want error PKL101 from net
