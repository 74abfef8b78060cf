# The expected digest lies in the archive that is checked.
import hashlib
import io
import json
import pickle
import zipfile

import requests


def restore(url):
    archive = zipfile.ZipFile(io.BytesIO(requests.get(url, timeout=10).content))  # source net
    manifest = json.loads(archive.read("manifest.json"))
    payload = archive.read("model.pkl")
    if hashlib.sha256(payload).hexdigest() != manifest["sha256"]:
        raise ValueError("bad digest")
    return pickle.loads(payload)  # want error PKL101 from net
