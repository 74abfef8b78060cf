# The downloaded file is copied, then the copy is loaded.
import pickle
import shutil
import urllib.request


def restore(url):
    urllib.request.urlretrieve(url, "download.tmp")  # source net
    shutil.copyfile("download.tmp", "state.pkl")
    with open("state.pkl", "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net
