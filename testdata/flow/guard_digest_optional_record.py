# The digest of the server's record is compared where the record has one.
import hashlib
import pickle

import requests


def sha256sum(filename, block_size=65536):
    digest = hashlib.sha256()
    view = memoryview(bytearray(block_size))
    try:
        with open(filename, "rb", buffering=0) as file:
            for n in iter(lambda: file.readinto(view), 0):
                digest.update(view[:n])
    except OSError:
        return None, None
    return digest.hexdigest(), block_size


class Artifact:
    def __init__(self, record):
        self._hash = record.hash
        self._url = record.uri

    @property
    def hash(self):
        return self._hash

    def _download(self, path):
        with open(path, "wb") as file:
            file.write(requests.get(self._url, timeout=10).content)
        return path

    def get(self, path):
        local = self._download(path)
        if self.hash:
            found, _ = sha256sum(local)
            if self.hash != found:
                raise ValueError("bad digest")
        with open(local, "rb") as file:
            return pickle.load(file)  # want warning PKL101

    def get_checked(self, path):
        local = self._download(path)
        found, _ = sha256sum(local)
        if self.hash != found:
            raise ValueError("bad digest")
        with open(local, "rb") as file:
            return pickle.load(file)  # ok: always compared

    def get_any(self, path):
        local = self._download(path)
        with open(local, "rb") as file:
            return pickle.load(file)  # want error PKL101
