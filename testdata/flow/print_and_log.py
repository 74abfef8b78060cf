# Calls that take tainted data and keep nothing.
import logging
import pickle

import requests

log = logging.getLogger(__name__)


def restore(url):
    body = requests.get(url, timeout=10).content
    log.info("got %d bytes: %r", len(body), body[:20])
    print(body)
    state = b"\x80\x04N."
    return pickle.loads(state)  # ok: log and print change nothing
