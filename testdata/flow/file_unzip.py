# A downloaded archive is unpacked and a file below the directory is loaded.
import os
import pickle
import urllib.request
import zipfile


def restore(url):
    urllib.request.urlretrieve(url, "bundle.zip")  # source net
    with zipfile.ZipFile("bundle.zip") as archive:
        archive.extractall("bundle")
    with open(os.path.join("bundle", "state.pkl"), "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
