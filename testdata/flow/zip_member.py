# A member of a downloaded archive.
import io
import pickle
import zipfile

import requests


def restore(url):
    archive = zipfile.ZipFile(io.BytesIO(requests.get(url, timeout=10).content))  # source net
    first = pickle.loads(archive.read("model.pkl"))  # want error PKL101 from net
    with archive.open("other.pkl") as member:
        second = pickle.load(member)  # want error PKL101 from net
    return first, second
