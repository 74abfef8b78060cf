# A mismatch is logged and the load runs anyway.
import hashlib
import logging
import pickle

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
log = logging.getLogger(__name__)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        log.warning("unexpected digest for %s", url)
    return pickle.loads(body)  # want error PKL101 from net
