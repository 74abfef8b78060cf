# tempfile.mkstemp gives a descriptor and a path of the same file.
import os
import pickle
import tempfile

import requests


def restore(url):
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    with open(path, "wb") as out:
        out.write(requests.get(url, timeout=10).content)  # source net
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
