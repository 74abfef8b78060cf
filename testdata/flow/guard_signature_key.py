# A signature counts if whoever sent the data did not send the key too, and if somebody looks at the answer.
import pickle

import gnupg
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")


def looked_at(url):
    data = requests.get(url).content
    answer = gnupg.GPG(gnupghome="keys").verify_data("release.sig", data)
    if not answer.valid:
        raise ValueError("bad signature")
    return pickle.loads(data)  # ok: valid


def not_looked_at(url):
    data = requests.get(url).content  # source unseen
    answer = gnupg.GPG(gnupghome="keys").verify_data("release.sig", data)
    print(answer.username)
    return pickle.loads(data)  # want error PKL101 from unseen


def own_key(url):
    data = requests.get(url).content
    signature = requests.get(url + ".sig").content
    Ed25519PublicKey.from_public_bytes(KEY).verify(signature, data)
    return pickle.loads(data)  # ok: the program's own key


def sent_key(url):
    data = requests.get(url).content  # source sent
    signature = requests.get(url + ".sig").content
    key = requests.get(url + ".pub").content
    Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    return pickle.loads(data)  # want error PKL101 from sent


def given_key(url, key):
    data = requests.get(url).content
    Ed25519PublicKey.from_public_bytes(key).verify(requests.get(url + ".sig").content, data)
    return pickle.loads(data)  # ok: the caller's key
