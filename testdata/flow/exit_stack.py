# contextlib.ExitStack gives back what it enters.
import contextlib
import pickle
import urllib.request


def restore(url):
    with contextlib.ExitStack() as stack:
        reply = stack.enter_context(urllib.request.urlopen(url))  # source net
        return pickle.load(reply)  # want error PKL101 from net
