# The digests are brought to one form before they are compared.
import hashlib
import pickle

import requests

EXPECTED = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"


def restore(url):
    body = requests.get(url, timeout=10).content
    actual = hashlib.sha256(body).hexdigest().lower()
    if actual != EXPECTED.strip().lower():
        raise ValueError("bad digest")
    return pickle.loads(body)  # ok: compared in lower case
