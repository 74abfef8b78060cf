# `from m import *` of the standard library brings the sink in.
from pickle import *

import requests


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return loads(body)  # want PKL101 from net
