# An ETag of the same server is no expected digest.
import hashlib
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    etag = response.headers.get("ETag", "").strip('"')
    if etag and hashlib.md5(response.content).hexdigest() != etag:
        raise ValueError("bad digest")
    return pickle.loads(response.content)  # want error PKL101 from net
