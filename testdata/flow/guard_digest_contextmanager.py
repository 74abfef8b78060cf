# A context manager opens the file only if its digest fits.
import contextlib
import hashlib
import pickle
import urllib.request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@contextlib.contextmanager
def verified(path, expected):
    with open(path, "rb") as handle:
        if hashlib.sha256(handle.read()).hexdigest() != expected:
            raise ValueError(path)
        handle.seek(0)
        yield handle


def restore(url):
    path, _ = urllib.request.urlretrieve(url)
    with verified(path, EXPECTED) as handle:
        return pickle.load(handle)  # ok: verified


@contextlib.contextmanager
def opened(path):
    with open(path, "rb") as handle:
        yield handle


def restore_unverified(url):
    path, _ = urllib.request.urlretrieve(url)  # source net
    with opened(path) as handle:
        return pickle.load(handle)  # want error PKL101 from net
