# marshal of downloaded bytes.
import marshal

import requests


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    return marshal.loads(body)  # want error PKL105 from net
