# A downloaded tar file is unpacked into a directory that is a variable.
import io
import os
import pickle
import tarfile

import requests


def restore(url, folder):
    body = requests.get(url, timeout=10).content  # source net
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        archive.extractall(folder)
    with open(os.path.join(folder, "state.pkl"), "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
