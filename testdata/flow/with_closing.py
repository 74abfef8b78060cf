# contextlib.closing gives back the object it is given.
import contextlib
import pickle
import urllib.request


def restore(url):
    with contextlib.closing(urllib.request.urlopen(url)) as reply:  # source net
        return pickle.loads(reply.read())  # want error PKL101 from net
