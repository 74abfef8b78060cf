# The digest is a field of a specification.
import dataclasses
import hashlib
import pickle

import requests


@dataclasses.dataclass(frozen=True)
class Spec:
    url: str
    sha256: str


SPECS = {
    "small": Spec("https://example.com/small.pkl", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    "large": Spec(url="https://example.com/large.pkl", sha256="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
}


def fetch(spec: Spec) -> bytes:
    body = requests.get(spec.url, timeout=10).content
    if hashlib.sha256(body).hexdigest() != spec.sha256:
        raise ValueError(spec.url)
    return body


def load(name):
    return pickle.loads(fetch(SPECS[name]))  # ok: checked against the specification


def load_any(form):
    spec = Spec(form["url"], form["sha256"])
    return pickle.loads(fetch(spec))  # ok: who calls it gives the digest as well


def load_announced(index_url):
    entry = requests.get(index_url, timeout=10).json()
    spec = Spec(entry["url"], entry["sha256"])
    return pickle.loads(fetch(spec))  # want error PKL101 from=network-response
