# Every file found below the unpacked directory.
import glob
import os
import pickle
import urllib.request
import zipfile
from pathlib import Path


def restore(url):
    folder = "bundle"
    urllib.request.urlretrieve(url, "bundle.zip")  # source net
    zipfile.ZipFile("bundle.zip").extractall(folder)
    out = []
    for path in glob.glob(os.path.join(folder, "*.pkl")):
        out.append(pickle.load(open(path, "rb")))  # want error PKL101 from net
    for name in os.listdir(folder):
        out.append(pickle.load(open(os.path.join(folder, name), "rb")))  # want error PKL101 from net
    for path in Path(folder).glob("*.pkl"):
        out.append(pickle.loads(path.read_bytes()))  # want error PKL101 from net
    return out
