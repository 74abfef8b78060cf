# The same check, and InvalidSignature is only printed.
import pickle
from pathlib import Path

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = Ed25519PublicKey.from_public_bytes(Path("publisher.pub").read_bytes())


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    signature = requests.get(url + ".sig", timeout=10).content
    try:
        KEY.verify(signature, body)
    except InvalidSignature:
        print("not signed")
    return pickle.loads(body)  # want error PKL101 from net
