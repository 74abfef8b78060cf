# hashlib.file_digest reads the open file.
import hashlib
import pickle
import urllib.request

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def restore(url):
    path, headers = urllib.request.urlretrieve(url, "cache/model.pkl")
    with open(path, "rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        if digest != EXPECTED:
            raise ValueError("bad digest")
        handle.seek(0)
        return pickle.load(handle), headers  # ok: the file was checked
