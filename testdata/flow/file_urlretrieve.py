# urlretrieve returns the path, or fills the one it is given.
import pickle
import urllib.request


def restore(url):
    path, headers = urllib.request.urlretrieve(url)  # source net
    print(headers)
    with open(path, "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from net


def restore_named(url):
    urllib.request.urlretrieve(url, "named.pkl")  # source named
    with open("named.pkl", "rb") as handle:
        return pickle.load(handle)  # want error PKL101 from named
