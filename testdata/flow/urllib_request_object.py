# A Request object, opened by a custom opener.
import pickle
import urllib.request


def restore(url):
    request = urllib.request.Request(url, headers={"Accept": "application/octet-stream"})
    opener = urllib.request.build_opener()
    with opener.open(request, timeout=10) as reply:  # source net
        return pickle.load(reply)  # want error PKL101 from net
