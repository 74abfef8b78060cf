# A member of a downloaded tar file.
import io
import pickle
import tarfile

import requests


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    with tarfile.open(fileobj=io.BytesIO(body), mode="r:gz") as archive:
        member = archive.extractfile("model.pkl")
        return pickle.load(member)  # want error PKL101 from net
