# Two items in one with statement.
import pickle
import urllib.request


def restore(url, log):
    with open(log, "w") as out, urllib.request.urlopen(url) as reply:  # source net
        value = pickle.load(reply)  # want error PKL101 from net
        out.write(str(value))
    return value
