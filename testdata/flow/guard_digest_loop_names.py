# Several files, each checked before any is loaded.
import hashlib
import pickle
import urllib.request

FILES = {
    "vocabulary.pkl": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "weights.pkl": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
}


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(65536), b""):
            digest.update(block)
    return digest.hexdigest()


def restore(base):
    out = {}
    for name, expected in FILES.items():
        urllib.request.urlretrieve(f"{base}/{name}", name)
        if sha256(name) != expected:
            raise ValueError(name)
        with open(name, "rb") as f:
            out[name] = pickle.load(f)  # ok: checked
    return out


def restore_later(base):
    for name, expected in FILES.items():
        urllib.request.urlretrieve(f"{base}/{name}", name)
        if sha256(name) != expected:
            raise ValueError(name)
    return [pickle.load(open(name, "rb")) for name in FILES]  # ok: all were checked
