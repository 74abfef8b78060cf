# shutil.copyfileobj from the response to a file.
import pickle
import shutil
import urllib.request


def restore(url, path):
    with urllib.request.urlopen(url) as reply, open(path, "wb") as out:  # source net
        shutil.copyfileobj(reply, out)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
